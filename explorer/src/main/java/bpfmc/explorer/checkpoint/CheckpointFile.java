package bpfmc.explorer.checkpoint;

import bpfmc.explorer.search.Checkpoint;
import bpfmc.explorer.store.StateTable;
import bpfmc.model.InputException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * A checkpoint in two files. {@code NAME.states} only grows: each time, the states that are new, and their checksum. {@code NAME.search} says how much of it
 * counts, and is replaced as a whole once that is on the disk; so a process that dies at any moment leaves the checkpoint before.
 */
public final class CheckpointFile implements Checkpoint {
    private static final int MAGIC = 0x62706d63;
    private static final int FORMAT = 1;

    private final Path folder;
    private final String name;
    private final Path states;
    private final Path search;
    private final Duration every;
    private final Consumer<String> warn;
    private final Optional<Head> found;
    private long last = System.nanoTime();
    private long length;
    private int count;

    /** What {@code NAME.search} says. @param length bytes of {@code NAME.states} that count @param count states in them */
    private record Head(int width, long length, int count, Kept kept) {}

    /**
     * @param folder of the files, which is there @param name of the search: another one for every search that differs in anything
     * @param every how long to search between two times @param warn is told when the search cannot be kept
     * @throws InputException when there are files, and they cannot be read
     */
    public CheckpointFile(Path folder, String name, Duration every, Consumer<String> warn) {
        this.folder = folder;
        this.name = name;
        this.states = folder.resolve(name + ".states");
        this.search = folder.resolve(name + ".search");
        this.every = every;
        this.warn = warn;
        this.found = head();
    }

    @Override
    public Checkpoint of(String variant) {
        return variant.isEmpty() ? this : new CheckpointFile(folder, name + variant, every, warn);
    }

    @Override
    public int width() {
        return found.map(Head::width).orElse(0);
    }

    @Override
    public Optional<Kept> restore(StateTable visited) {
        count = 0;
        length = 0;
        if (found.isEmpty() || found.get().width() != visited.width()) {
            return Optional.empty();
        }
        CRC32 sum = new CRC32();
        try (DataInputStream in = new DataInputStream(new CheckedInputStream(new BufferedInputStream(Files.newInputStream(states), 1 << 16), sum))) {
            while (visited.count() < found.get().count()) {
                sum.reset();
                visited.read(in);
                long read = sum.getValue();
                if (in.readLong() != read) {
                    throw new IOException("it is damaged");
                }
            }
        } catch (IOException e) {
            throw unreadable(states, e);
        }
        if (visited.count() != found.get().count()) {
            throw unreadable(states, new IOException("it holds " + visited.count() + " states, not " + found.get().count()));
        }
        count = found.get().count();
        length = found.get().length();
        return found.map(Head::kept);
    }

    @Override
    public boolean due() {
        return System.nanoTime() - last > every.toNanos();
    }

    @Override
    public void keep(Kept kept, StateTable visited) {
        try {
            append(visited);
            Path fresh = search.resolveSibling(search.getFileName() + ".new");
            try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
                out.write(bytes(new Head(visited.width(), length, count, kept)));
                out.getFD().sync();
            }
            Files.move(fresh, search, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            warn.accept(search + ": the search cannot be kept (" + said(e) + "); it goes on, and what was kept before stays");
        }
        last = System.nanoTime();
    }

    /** Whatever lies behind what counts is from a process that died. */
    private void append(StateTable visited) throws IOException {
        try (FileChannel channel = FileChannel.open(states, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.position(length);
            CRC32 sum = new CRC32();
            DataOutputStream out = new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), sum));
            if (visited.count() > count) {
                visited.write(count, out);
                out.writeLong(sum.getValue());
            }
            out.flush();
            channel.force(true);
            length = channel.position();
            count = visited.count();
        }
    }

    private static byte[] bytes(Head head) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(FORMAT);
        out.writeInt(head.width());
        out.writeLong(head.length());
        out.writeInt(head.count());
        Kept kept = head.kept();
        out.writeInt(kept.expanded());
        out.writeLong(kept.transitions());
        out.writeLong(kept.terminals());
        out.writeInt(kept.depth());
        out.writeInt(kept.layerEnd());
        out.writeLong(kept.named());
        out.writeLong(kept.nanos());
        out.writeInt(kept.again().size());
        for (int i = 0; i < kept.again().size(); i++) {
            out.writeInt(kept.again().get(i));
        }
        CRC32 sum = new CRC32();
        sum.update(bytes.toByteArray());
        out.writeLong(sum.getValue());
        return bytes.toByteArray();
    }

    private Optional<Head> head() {
        try {
            byte[] all = Files.readAllBytes(search);
            CRC32 sum = new CRC32();
            sum.update(all, 0, Math.max(0, all.length - Long.BYTES));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(all));
            if (in.readInt() != MAGIC || in.readInt() != FORMAT) {
                throw new IOException("no checkpoint of this bpfmc");
            }
            int width = in.readInt();
            long bytes = in.readLong();
            int number = in.readInt();
            int expanded = in.readInt();
            long transitions = in.readLong();
            long terminals = in.readLong();
            int depth = in.readInt();
            int layerEnd = in.readInt();
            long named = in.readLong();
            long nanos = in.readLong();
            int again = in.readInt();
            if (again < 0 || again > all.length / Integer.BYTES) {
                throw new IOException("it is damaged");
            }
            int[] numbers = new int[again];
            for (int i = 0; i < again; i++) {
                numbers[i] = in.readInt();
            }
            if (in.readLong() != sum.getValue()) {
                throw new IOException("it is damaged");
            }
            return Optional.of(new Head(width, bytes, number, new Kept(expanded, transitions, terminals, depth, layerEnd, named, IntLists.immutable.of(numbers), nanos)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(search, e);
        }
    }

    private static InputException unreadable(Path file, IOException e) {
        return new InputException(file + ": the checkpoint cannot be read (" + said(e) + "); remove its folder to begin anew");
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? "it ends too early" : e.getMessage();
    }
}
