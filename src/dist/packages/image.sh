# SPDX-License-Identifier: Apache-2.0
# Part of build: the container image, for `docker load` and `podman load`. Nothing in it but the
# program, its runtime and the C libraries that this is linked with: no shell, no package manager.
rootfs=$work/rootfs
mkdir -p "$rootfs/usr/lib/walwatch" "$rootfs/etc/walwatch" "$rootfs/var/lib/walwatch" "$rootfs/run" \
  "$rootfs/proc" "$rootfs/sys" "$rootfs/dev"
cp -R "$home/lib" "$home/runtime" "$rootfs/usr/lib/walwatch"
mkdir -m 1777 "$rootfs/tmp"
echo 'walwatch:x:10432:10432:walwatch:/var/lib/walwatch:/nonexistent' >"$rootfs/etc/passwd"
echo 'walwatch:x:10432:' >"$rootfs/etc/group"

# The libraries at the paths that the loader looks in.
runtime=$rootfs/usr/lib/walwatch/runtime
find "$runtime" -name '*.so' -o -path "$runtime/bin/java" |
  LD_LIBRARY_PATH=$runtime/lib:$runtime/lib/server xargs ldd |
  awk '/=> \/|^\t\/lib/ { for (i = 1; i <= NF; i++) if ($i ~ /^\//) { print $i; break } }' |
  sed 's/:$//' | grep -v "^$rootfs\|^$work" | sort -u >"$work/libraries"
while read -r library; do
  mkdir -p "$rootfs${library%/*}"
  cp -L "$library" "$rootfs$library"
done <"$work/libraries"

# The JVM without the shell that bin/walwatch is written in, and in a fixed order of jars.
classpath=
for jar in "$rootfs"/usr/lib/walwatch/lib/*.jar; do
  classpath=$classpath${classpath:+:}${jar#"$rootfs"}
done
find "$rootfs" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

# The archive of class data fits the paths and time stamps that the image has, so it could be made
# here; but two dumps of the same classes differ in bytes, and the image must not.
image=$work/image
mkdir "$image"
tar_of "$rootfs" --exclude=./var/lib/walwatch . >"$image/layer.tar"
tar --append --format=posix --pax-option=delete=atime,delete=ctime --mtime="@$SOURCE_DATE_EPOCH" \
  --owner=10432 --group=10432 --numeric-owner -C "$rootfs" -f "$image/layer.tar" ./var/lib/walwatch
layer=$(sha256sum "$image/layer.tar" | cut -d' ' -f1)
created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
java='"/usr/lib/walwatch/runtime/bin/java"'
cat >"$image/config.json" <<CONFIG
{
  "architecture": "$architecture",
  "os": "linux",
  "created": "$created",
  "config": {
    "User": "10432:10432",
    "ExposedPorts": { "10432/tcp": {} },
    "Env": ["LC_ALL=C.UTF-8", "MALLOC_ARENA_MAX=1"],
    "Volumes": { "/var/lib/walwatch": {} },
    "WorkingDir": "/",
    "Entrypoint": [$java, "@/usr/lib/walwatch/lib/serve.options", "-cp", "$classpath", "io.walwatch.agent.app.Main"],
    "Cmd": ["serve"],
    "Healthcheck": {
      "Test": ["CMD", $java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx16m", "-cp", "/usr/lib/walwatch/lib/walwatch-agent-$version.jar", "io.walwatch.agent.app.HealthProbe"],
      "Interval": 120000000000,
      "Timeout": 10000000000,
      "StartPeriod": 30000000000,
      "Retries": 3
    },
    "Labels": { "org.opencontainers.image.title": "walwatch", "org.opencontainers.image.version": "$version", "org.opencontainers.image.licenses": "Apache-2.0" }
  },
  "rootfs": { "type": "layers", "diff_ids": ["sha256:$layer"] },
  "history": [{ "created": "$created", "created_by": "walwatch src/dist/packages/image.sh" }]
}
CONFIG
echo "[{\"Config\":\"config.json\",\"RepoTags\":[\"walwatch:$version\"],\"Layers\":[\"layer.tar\"]}]" \
  >"$image/manifest.json"
find "$image" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
tar_of "$image" manifest.json config.json layer.tar | gzip -9n \
  >"$out/walwatch-$version-image-$architecture.tar.gz"
