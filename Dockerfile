# trichtin in a container: `docker build -t trichtin .`; compose.yaml runs the crawler and the pages.

FROM python:3.11-slim-bookworm AS build
WORKDIR /build
COPY requirements-uv.lock requirements-run.lock requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
 && uv venv /opt/trichtin \
 && uv pip install --no-cache --python /opt/trichtin --require-hashes -r requirements-run.lock
COPY pyproject.toml README.md LICENSE ./
COPY corpus corpus
COPY spiders spiders
COPY extractors extractors
COPY warehouse warehouse
COPY pipeline pipeline
RUN uv build --wheel --no-cache --build-constraint requirements.lock --require-hashes \
 && uv pip install --no-cache --python /opt/trichtin --no-deps dist/*.whl \
 && /opt/trichtin/bin/python -m compileall -q /opt/trichtin/lib

FROM python:3.11-slim-bookworm
COPY --from=build /opt/trichtin /opt/trichtin
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin trichtin \
 && install --directory --owner trichtin --group trichtin /data
# Nothing is written but the data and /tmp.
ENV PATH=/opt/trichtin/bin:$PATH TRICHTIN_HOME=/data HOME=/tmp PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=9)"]
ENTRYPOINT ["trichtin"]
CMD ["serve", "--host", "0.0.0.0"]
