/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real WatchService, asked twice for the same directory. */
class ServiceWatcherTest {
  @TempDir Path directory;
  private WatchService service;
  private ServiceWatcher watcher;
  private final Heard first = new Heard();
  private final Heard second = new Heard();

  private static final class Heard implements DirectoryWatcher.Listener {
    private final List<String> created = new ArrayList<>();

    @Override
    public void created(String name) {
      created.add(name);
    }

    @Override
    public void deleted(String name) {}

    @Override
    public void overflowed() {}
  }

  @BeforeEach
  void open() throws IOException {
    service = directory.getFileSystem().newWatchService();
    watcher = new ServiceWatcher(service);
  }

  @AfterEach
  void close() throws IOException {
    service.close();
  }

  private void create(String name) throws IOException, InterruptedException {
    Files.createFile(directory.resolve(name));
    assertThat(watcher.dispatch(service.take())).isTrue();
  }

  @Test
  void shouldTellBothOfTwoThatWatchOneDirectory() throws Exception {
    watcher.watch(directory, first);
    watcher.watch(directory, second);
    create("a");
    assertThat(first.created).containsExactly("a");
    assertThat(second.created).containsExactly("a");
  }

  @Test
  void shouldGoOnTellingOneWhenTheOtherStops() throws Exception {
    DirectoryWatcher.Watch ending = watcher.watch(directory, first);
    DirectoryWatcher.Watch staying = watcher.watch(directory, second);
    ending.cancel();
    assertThat(staying.isValid()).isTrue();
    create("a");
    assertThat(first.created).isEmpty();
    assertThat(second.created).containsExactly("a");
    staying.cancel();
    assertThat(staying.isValid()).isFalse();
  }
}
