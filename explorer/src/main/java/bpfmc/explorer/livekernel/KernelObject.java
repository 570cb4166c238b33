package bpfmc.explorer.livekernel;

import bpfmc.model.InputException;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.function.Predicate;

/** The maps and types of an object, made in the kernel, and some of its programs. They go when this is closed. */
final class KernelObject implements AutoCloseable {
    private final Libbpf libbpf;
    private final Pointer object;
    private final Path path;

    private KernelObject(Libbpf libbpf, Pointer object, Path path) {
        this.libbpf = libbpf;
        this.object = object;
        this.path = path;
    }

    /**
     * {@return the object's maps and types, and what else is prepared}
     *
     * @param loads whether a program is loaded too, which it may be prepared for @throws InputException when the kernel does not make them
     */
    static KernelObject of(Libbpf libbpf, Path path, LibbpfMessages messages, Predicate<Pointer> loads) {
        messages.taken();
        Pointer object = libbpf.bpf_object__open_file(path.toString(), null);
        if (object == null) {
            throw new InputException(path + ": libbpf cannot open it: " + messages.taken().strip());
        }
        var made = new KernelObject(libbpf, object, path);
        for (Pointer p = libbpf.bpf_object__next_program(object, null); p != null; p = libbpf.bpf_object__next_program(object, p)) {
            libbpf.bpf_program__set_autoload(p, loads.test(p));
        }
        for (Pointer m = libbpf.bpf_object__next_map(object, null); m != null; m = libbpf.bpf_object__next_map(object, m)) {
            libbpf.bpf_map__set_pin_path(m, null);
        }
        if (libbpf.bpf_object__load(object) < 0) {
            made.close();
            throw new InputException(path + ": the running kernel does not make its maps, or load its programs: " + messages.taken().strip());
        }
        return made;
    }

    /** {@return the descriptor of a map} */
    int map(String name) {
        int descriptor = libbpf.bpf_object__find_map_fd_by_name(object, name);
        if (descriptor < 0) {
            throw new InputException(path + ": libbpf knows no map " + name);
        }
        return descriptor;
    }

    /** {@return the descriptor of the object's types; negative when the kernel has not taken them} */
    int types() {
        Pointer types = libbpf.bpf_object__btf(object);
        return types == null ? -1 : libbpf.btf__fd(types);
    }

    /** {@return the descriptor of a program that is loaded} */
    int program(String name) {
        for (Pointer p = libbpf.bpf_object__next_program(object, null); p != null; p = libbpf.bpf_object__next_program(object, p)) {
            if (libbpf.bpf_program__name(p).equals(name)) {
                return libbpf.bpf_program__fd(p);
            }
        }
        throw new InputException(path + ": libbpf knows no program " + name);
    }

    @Override
    public void close() {
        libbpf.bpf_object__close(object);
    }
}
