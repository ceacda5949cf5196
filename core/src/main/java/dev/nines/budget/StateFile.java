package dev.nines.budget;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A history in a file: see {@link BudgetHistory#inFile}. Its form is {@link StateForm}'s. */
final class StateFile extends BudgetHistory {

  private final Path file;

  /** Open while the file is ours to write. */
  private volatile @Nullable FileChannel lock;

  StateFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  Optional<Past> read(Ledger ledger) throws IOException {
    FileChannel ours = lock();
    try {
      Optional<Past> past = Files.exists(file) ? Optional.of(parse(ledger)) : Optional.empty();
      lock = ours;
      return past;
    } catch (IllegalArgumentException damaged) {
      lock = ours;
      throw new IOException(file + ": " + damaged.getMessage(), damaged);
    } catch (IOException foreignOrUnreadable) {
      ours.close(); // and so it is never written over
      throw foreignOrUnreadable;
    }
  }

  @Override
  boolean keeps() {
    return true;
  }

  /** Does nothing while the file isn't ours. One at a time, or one would move what the other has half written. */
  @Override
  synchronized void write(Ledger ledger, Past past) throws IOException {
    if (lock == null) {
      return;
    }
    Path next = beside(".tmp");
    try (FileChannel out = FileChannel.open(
        next,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(StateForm.write(ledger, past));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  void close() throws IOException {
    FileChannel held = lock;
    if (held != null) {
      lock = null;
      held.close();
    }
  }

  private Past parse(Ledger ledger) throws IOException {
    int most = StateForm.mostBytes(ledger);
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(most + 1);
    }
    try {
      return StateForm.read(bytes, ledger);
    } catch (ForeignFileException foreign) {
      throw new ForeignFileException(file + ": " + foreign.getMessage());
    }
  }

  /** Closing the channel lets go of the lock. */
  private FileChannel lock() throws IOException {
    FileChannel channel = open();
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException inThisJvm) {
      channel.close();
      throw new IOException(file + ": used by another Nines of this JVM", inThisJvm);
    }
    channel.close();
    throw new IOException(file + ": used by another process");
  }

  private FileChannel open() throws IOException {
    try {
      return FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (NoSuchFileException missing) {
      throw new IOException(file.getParent() + ": no such directory (expected: one that exists)");
    }
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
