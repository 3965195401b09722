from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Static files under names that change with what they hold, also where one script imports another."""

    support_js_module_import_aggregation = True
