# Nightlatch in a container: control plane and gateway in one, as `npm start` runs them.
#   docker build -t nightlatch .   and then   docker compose up

FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
WORKDIR /opt/nightlatch
COPY --from=build /build/package.json /build/LICENSE /build/NOTICE ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/bin bin
COPY --from=build /build/dist dist
RUN install -d -o node -g node -m 0700 /data
# Inside, every address of the container; compose.yaml decides what of it the world sees. What is written goes to /data and
# /tmp only, so the rest can be mounted read-only.
ENV NODE_ENV=production \
    NIGHTLATCH_HOME=/data \
    NIGHTLATCH_CONSOLE=0.0.0.0:4400 \
    NIGHTLATCH_GATEWAY=0.0.0.0:8080 \
    NODE_COMPILE_CACHE=/tmp/nightlatch
USER node
VOLUME /data
EXPOSE 4400 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["node", "bin/nightlatch", "doctor"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "bin/nightlatch"]
CMD ["start"]
