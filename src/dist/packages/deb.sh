# SPDX-License-Identifier: Apache-2.0
# Part of build: the Debian package.
stage=$work/deb
library=$stage/usr/lib/walwatch
documents=$stage/usr/share/doc/walwatch
mkdir -p "$stage/DEBIAN" "$library/plugins" "$documents" "$stage/usr/bin" "$stage/etc/walwatch" \
  "$stage/usr/lib/systemd/system"
cp -R "$home/bin" "$home/lib" "$home/runtime" "$library"
ln -s ../lib/walwatch/bin/walwatch "$stage/usr/bin/walwatch"
cp "$root/deploy/walwatch.yml" "$stage/etc/walwatch/walwatch.yml"
cp "$root"/deploy/systemd/*.service "$root"/deploy/systemd/*.timer "$stage/usr/lib/systemd/system"
cp "$root/README.md" "$documents"
cp "$here/deb/copyright" "$documents"
cp -R "$root/deploy" "$documents/examples"
rm "$documents/examples/walwatch.yml" "$documents"/examples/systemd/walwatch*

# What the runtime's own libraries are linked with.
cat >"$stage/DEBIAN/control" <<CONTROL
Package: walwatch
Version: $version
Architecture: $architecture
Maintainer: walwatch developers <walwatch@example.invalid>
Section: database
Priority: optional
Depends: adduser, libc6 (>= 2.34), libgcc-s1, libstdc++6, zlib1g
Suggests: prometheus, postgresql
Installed-Size: $(du -sk --apparent-size "$stage/usr" "$stage/etc" | awk '{ kib += $1 } END { print kib }')
Description: metrics of WAL archiving and backups of PostgreSQL
 walwatch runs beside PostgreSQL and answers one question: if this host burned
 down now, what could I restore, and up to when? It follows the logs of the WAL
 archiver and of PostgreSQL, watches the queue of segments in archive_status,
 and answers Prometheus. It needs no database login, changes nothing on the
 host and holds no keys. It brings its own Java runtime.
CONTROL
echo /etc/walwatch/walwatch.yml >"$stage/DEBIAN/conffiles"
# PostgreSQL may come after walwatch: then its group is joined.
echo 'interest-noawait /usr/lib/postgresql' >"$stage/DEBIAN/triggers"
for script in postinst prerm postrm; do
  cp "$here/deb/$script" "$stage/DEBIAN/$script"
  chmod 0755 "$stage/DEBIAN/$script"
done
(cd "$stage" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group --uniform-compression -Zgzip --build "$stage" \
  "$out/walwatch_${version}_$architecture.deb" >/dev/null
