from django.db import migrations, models

# as in 0008, and beside: when it was told that a report was withdrawn may be written down after it is settled
FORWARD = """
CREATE OR REPLACE FUNCTION evaluation_issued_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changing text[] := CASE WHEN OLD.withdrawn_at IS NULL THEN '{withdrawn_at,withdrawn_by_id,withdrawn_because}'::text[]
                          WHEN OLD.settled_at IS NULL THEN '{settled_at}'
                          ELSE '{told_at}' END;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'an issued report is never deleted' USING ERRCODE = 'check_violation';
  END IF;
  IF to_jsonb(NEW) - changing IS DISTINCT FROM to_jsonb(OLD) - changing THEN
    RAISE EXCEPTION 'an issued report never changes' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""
REVERSE = """
CREATE OR REPLACE FUNCTION evaluation_issued_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changing text[] := CASE WHEN OLD.withdrawn_at IS NULL THEN '{withdrawn_at,withdrawn_by_id,withdrawn_because}'::text[]
                          ELSE '{settled_at}' END;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'an issued report is never deleted' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.settled_at IS NOT NULL
     OR to_jsonb(NEW) - changing IS DISTINCT FROM to_jsonb(OLD) - changing THEN
    RAISE EXCEPTION 'an issued report never changes' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0008_reports_are_issued'),
    ]

    operations = [
        migrations.AddField(
            model_name='issuedreport',
            name='told_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(FORWARD, REVERSE),
    ]
