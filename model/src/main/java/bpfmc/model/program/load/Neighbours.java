package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.bytes.Bytes;
import bpfmc.model.elf.ElfFile;
import bpfmc.model.elf.ElfSymbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/** The objects in the folder of an object, which may define what it lacks: looked at only to say so. */
final class Neighbours {
    /** Of an object that is in no folder. */
    static final Neighbours NONE = new Neighbours(Optional.empty());

    private static final int MOST_FILES = 1000;
    private static final long LARGEST_FILE = 16L << 20;

    private final Optional<Path> file;

    private Neighbours(Optional<Path> file) {
        this.file = file;
    }

    static Neighbours of(Path file) {
        return new Neighbours(Optional.of(file.toAbsolutePath()));
    }

    /** {@return the names of the neighbours that define a visible symbol} */
    ImmutableList<String> defining(String symbol) {
        return file.map(f -> {
            try (Stream<Path> beside = Files.list(f.getParent())) {
                return Lists.immutable.withAll(beside.filter(p -> p.toString().endsWith(".o") && !p.equals(f)).sorted().limit(MOST_FILES)
                        .filter(p -> defines(p, symbol)).map(p -> p.getFileName().toString()).toList());
            } catch (IOException e) {
                return Lists.immutable.<String>empty();
            }
        }).orElse(Lists.immutable.empty());
    }

    private static boolean defines(Path file, String symbol) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE && ElfFile.parse(Bytes.of("the file", Files.readAllBytes(file))).symbols()
                    .anySatisfy(s -> s.name().equals(symbol) && !s.undefined() && s.binding() != ElfSymbol.Binding.LOCAL);
        } catch (IOException | InputException e) {
            return false; // what cannot be read defines nothing
        }
    }
}
