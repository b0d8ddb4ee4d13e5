# The bot alone, as a user of its own. Settings come from the environment; what it keeps in files stands under /data.
FROM python:3.11-slim

RUN useradd --system --uid 10001 --no-create-home agenda \
    && install --directory --owner agenda --mode 700 /data
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.txt
COPY bot bot
COPY handlers handlers
COPY program program
COPY storage storage

USER agenda
VOLUME /data
ENV HOST=0.0.0.0 PORT=3000 DATABASE_URL=sqlite:////data/agenda.db KEYS_FILE=/data/agenda.keys PYTHONUNBUFFERED=1
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/readyz\", timeout=4)"]
# SIGTERM is answered within 15 seconds
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
