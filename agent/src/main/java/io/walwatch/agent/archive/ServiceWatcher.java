/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches through the loop's WatchService. The loop polls it and hands over each signalled key; a
 * key that belongs to somebody else is left alone.
 *
 * <p>A service gives one key per directory, whoever asks: two servers may be said to have the same
 * one, and both hear.
 */
public final class ServiceWatcher implements DirectoryWatcher {
  private final WatchService service;
  private final Map<WatchKey, List<Listener>> listeners = new HashMap<>();

  public ServiceWatcher(WatchService service) {
    this.service = service;
  }

  @Override
  public Watch watch(Path directory, Listener listener) throws IOException {
    WatchKey key = directory.register(service, ENTRY_CREATE, ENTRY_DELETE);
    listeners.computeIfAbsent(key, any -> new ArrayList<>()).add(listener);
    return new KeyWatch(key, listener);
  }

  /** Tells the listeners of a signalled key; returns false when the key is not one of these. */
  public boolean dispatch(WatchKey key) {
    List<Listener> hearing = listeners.get(key);
    if (hearing == null) {
      return false;
    }
    for (WatchEvent<?> event : key.pollEvents()) {
      hearing.forEach(listener -> tell(listener, event));
    }
    if (!key.reset()) {
      listeners.remove(key);
    }
    return true;
  }

  private static void tell(Listener listener, WatchEvent<?> event) {
    if (event.kind() == ENTRY_CREATE && event.context() instanceof Path name) {
      listener.created(name.toString());
    } else if (event.kind() == ENTRY_DELETE && event.context() instanceof Path name) {
      listener.deleted(name.toString());
    } else {
      listener.overflowed();
    }
  }

  private final class KeyWatch implements Watch {
    private final WatchKey key;
    private final Listener listener;

    KeyWatch(WatchKey key, Listener listener) {
      this.key = key;
      this.listener = listener;
    }

    @Override
    public boolean isValid() {
      return key.isValid();
    }

    @Override
    public void cancel() {
      List<Listener> hearing = listeners.get(key);
      if (hearing != null) {
        hearing.remove(listener);
      }
      if (hearing == null || hearing.isEmpty()) {
        key.cancel();
        listeners.remove(key);
      }
    }
  }
}
