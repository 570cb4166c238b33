package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.bytes.Bytes;
import bpfmc.model.bytes.StringTable;
import bpfmc.model.elf.ElfFile;
import bpfmc.model.elf.ElfSection;
import bpfmc.model.isa.ProgramDecoder;
import bpfmc.model.kernel.Sections;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * From a file's bytes to a {@link BpfObject}: container, types, maps, functions, programs. Pure and deterministic; knows
 * nothing of the machine it runs on.
 */
public final class ObjectReader {
    private static final long LARGEST_FILE = 256L << 20;
    private static final int MOST_PROGRAMS = 10_000;
    private static final int LONGEST_LICENSE = 63;

    private ObjectReader() {}

    /**
     * {@return the object in a file}
     *
     * @throws InputException when there is no such file, when it is not a BPF object, or when it is damaged; the message
     *     names file, section and offset
     */
    public static BpfObject read(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.isDirectory(file)) {
                throw new InputException(file + ": is a directory: name an object file compiled with clang -target bpf");
            }
            if (!Files.exists(file)) {
                throw new InputException(file + ": no such file");
            }
            if (!Files.isRegularFile(file)) {
                throw new InputException(file + ": is not a regular file");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw new InputException(file + ": " + Files.size(file) + " bytes are more than bpfmc reads ("
                        + LARGEST_FILE + ")");
            }
            return read(name, contents(file), Neighbours.of(file));
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** As {@link #read(Path)}, from bytes that must not change afterwards. @param name what messages call them */
    public static BpfObject read(String name, byte[] bytes) {
        return read(name, bytes, Neighbours.NONE);
    }

    private static BpfObject read(String name, byte[] bytes, Neighbours neighbours) {
        try {
            return parse(name, Bytes.of("the file", bytes), neighbours);
        } catch (InputException e) {
            throw e.within(name);
        }
    }

    private static BpfObject parse(String name, Bytes file, Neighbours neighbours) {
        Notes notes = new Notes();
        ObjectImage image = ObjectImage.of(ElfFile.parse(file), notes, neighbours);
        MapTable maps = MapTableBuilder.read(image);
        CodeFunctions functions = CodeFunctions.read(image);
        Linker linker = new Linker(new CodeUnits(image, maps, functions, ProgramDecoder::decode));
        ImmutableList<CodeFunction> entries = functions.all().select(CodeFunction::entry);
        if (entries.size() > MOST_PROGRAMS) {
            throw new InputException("more than " + MOST_PROGRAMS + " programs");
        }
        ImmutableList<BpfProgram> programs = entries
                .collect(entry -> linker.link(entry, Sections.parse(entry.section().name())));
        new Leftovers(image).note(functions, programs);
        return new BpfObject(name, license(image.elf()), programs.collect(p -> p.withTypes(image.types())), maps.maps(), image.types(), notes.all());
    }

    /** No more than the limit, even of a file that grows meanwhile. */
    private static byte[] contents(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes((int) LARGEST_FILE);
        }
    }

    /** As far as the first NUL, at most as many characters as libbpf keeps. */
    private static String license(ElfFile elf) {
        return elf.section("license").map(ElfSection::content)
                .map(bytes -> StringTable.printable(bytes, LONGEST_LICENSE)).orElse("");
    }
}
