/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.walwatch.parse.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where {@code walwatch list} leaves its results for the agent, which runs as another user: one
 * small JSON file for each set, replaced as a whole. Who may write into the directory is believed.
 */
public final class Spool {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long FORMAT = 1;

  /** 64 KiB of output, each byte escaped. */
  private static final long MAX_BYTES = 512 * 1024;

  private final Path directory;

  /**
   * Touches nothing yet.
   *
   * @param directory need not exist
   */
  public Spool(Path directory) {
    this.directory = directory;
  }

  public Path fileOf(String set) {
    return directory.resolve(URLEncoder.encode(set, StandardCharsets.UTF_8) + ".json");
  }

  /** Creates the directory, for the agent's group to write into. */
  public void create() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
    }
  }

  /** Leaves a result, atomically and on disk. */
  public void write(String set, String provider, Look look) throws IOException {
    Path file = fileOf(set);
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.write(
          temporary,
          json(set, provider, look),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      // The directory keeps strangers out; the agent, which is another user, has to read it.
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** The last result of a timer, or what is wrong with it. */
  public Look newest(BackupSet set, InstantSource clock) {
    return new SpoolReader(set, this, clock)
        .look()
        .orElseThrow(() -> new IllegalStateException("a new reader always has something to say"));
  }

  /**
   * The last result.
   *
   * @throws IOException when there is none, or none that is whole and of this set
   */
  public Look read(String set, String provider) throws IOException {
    Path file = fileOf(set);
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile() || attributes.size() > MAX_BYTES) {
      throw new IOException(file + " is no result of walwatch list");
    }
    Map<String, Object> fields = new HashMap<>();
    Map<String, Object> listing = new HashMap<>();
    try (JsonParser in = JSON.createParser(Files.readAllBytes(file))) {
      readObject(in, fields, listing);
    }
    if (!set.equals(fields.get("backup")) || !provider.equals(fields.get("provider"))) {
      throw new IOException(file + " is the result of another set or provider");
    }
    return new Look(
        number(fields, "started", file),
        number(fields, "finished", file),
        listing.isEmpty() ? Optional.empty() : Optional.of(Listing.ofFields(listing)),
        text(fields, "problem"),
        text(fields, "output"));
  }

  private static byte[] json(String set, String provider, Look look) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("format", FORMAT);
      out.writeStringField("backup", set);
      out.writeStringField("provider", provider);
      out.writeNumberField("started", look.startedMillis());
      out.writeNumberField("finished", look.finishedMillis());
      out.writeStringField("problem", Texts.whole(look.problem()));
      out.writeStringField("output", Texts.whole(look.output()));
      if (look.listing().isPresent()) {
        out.writeObjectFieldStart("listing");
        for (Map.Entry<String, Object> field : look.listing().get().toFields().entrySet()) {
          out.writeFieldName(field.getKey());
          write(out, field.getValue());
        }
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Double ratio) {
      out.writeNumber(ratio);
    } else if (value instanceof String text) {
      out.writeString(Texts.whole(text));
    } else {
      out.writeNumber(((Number) value).longValue());
    }
  }

  private static void readObject(
      JsonParser in, Map<String, Object> fields, Map<String, Object> listing) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("not a JSON object");
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (in.nextToken() == JsonToken.START_OBJECT) {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String part = in.currentName();
          put(in, in.nextToken(), part, listing);
        }
      } else {
        put(in, in.currentToken(), name, fields);
      }
    }
  }

  private static void put(JsonParser in, JsonToken token, String name, Map<String, Object> fields)
      throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      fields.put(name, in.getLongValue());
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      fields.put(name, in.getDoubleValue());
    } else if (token == JsonToken.VALUE_STRING) {
      fields.put(name, in.getText());
    } else {
      throw new IOException("\"" + name + "\" is neither a number nor a text");
    }
  }

  private static long number(Map<String, Object> fields, String name, Path file)
      throws IOException {
    if (fields.get(name) instanceof Long value) {
      return value;
    }
    throw new IOException(file + " has no number \"" + name + "\"");
  }

  private static String text(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof String text ? text : "";
  }
}
