package bpfmc.explorer.livekernel;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Pointer;

/**
 * The functions of libbpf 1.0 and later that are used, by their own names (tools/lib/bpf/libbpf.h, bpf.h). What returns an int returns
 * a negative error number when it fails. Nothing here attaches, pins or changes a setting.
 */
interface Libbpf extends Library {
    /** The library's name for the loader: any version that keeps the promises of 1.0. */
    String NAME = "libbpf.so.1";

    /** {@return the object, null when it cannot be read} @param options see {@link Options#open} */
    Pointer bpf_object__open_file(String path, Pointer options);

    int bpf_object__load(Pointer object);

    void bpf_object__close(Pointer object);

    Pointer bpf_object__next_program(Pointer object, Pointer previous);

    Pointer bpf_object__next_map(Pointer object, Pointer previous);

    String bpf_program__name(Pointer program);

    int bpf_program__type(Pointer program);

    int bpf_program__set_type(Pointer program, int type);

    int bpf_program__set_expected_attach_type(Pointer program, int type);

    int bpf_program__set_autoload(Pointer program, boolean on);

    int bpf_program__set_log_buf(Pointer program, Pointer buffer, long size);

    int bpf_program__set_log_level(Pointer program, int level);

    /** {@return the descriptor of a map of an object that is loaded} */
    int bpf_object__find_map_fd_by_name(Pointer object, String name);

    Pointer bpf_object__btf(Pointer object);

    /** {@return the descriptor of types that the kernel has} */
    int btf__fd(Pointer types);

    /** {@return the running kernel's own types, null when it has none} */
    Pointer btf__load_vmlinux_btf();

    /** {@return the id of a type} @param kind a number of BTF, 12 for functions */
    int btf__find_by_name_kind(Pointer types, String name, int kind);

    void btf__free(Pointer types);

    int bpf_map__set_pin_path(Pointer map, String path);

    /** {@return the descriptor of the program that was loaded} @param options see {@link Options} */
    int bpf_prog_load(int type, String name, String licence, Pointer instructions, long count, Pointer options);

    int bpf_program__fd(Pointer program);

    /** {@return the descriptor of a map that is made} @param options null for none */
    int bpf_map_create(int type, String name, int keySize, int valueSize, int entries, Pointer options);

    int bpf_map_lookup_elem(int map, Pointer key, Pointer value);

    int bpf_map_update_elem(int map, Pointer key, Pointer value, long flags);

    int bpf_map_delete_elem(int map, Pointer key);

    /** {@return 0 where a key follows} @param key null for the first */
    int bpf_map_get_next_key(int map, Pointer key, Pointer next);

    /** Runs a program once, or as often as the options say, over what they give it (BPF_PROG_TEST_RUN). */
    int bpf_prog_test_run_opts(int program, Pointer options);

    /** Takes over what libbpf says. @return what took it before */
    Pointer libbpf_set_print(Print print);

    /** What libbpf says: a format of printf, and its arguments as C passes them on. */
    interface Print extends Callback {
        /** @param level 0 for a warning, 1 for information, 2 for what helps to debug libbpf */
        int print(int level, Pointer format, Pointer arguments);
    }
}
