FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1
WORKDIR /srv/point-by-point

COPY requirements/runtime.txt requirements/
RUN pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary :all: --no-deps -r requirements/runtime.txt

COPY . .
# The program can write to var/ alone, and needs to only for a database in a file.
RUN python tools/build_fonts.py \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --no-create-home app \
    && chown app var

USER app
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
