package bpfmc.explorer.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small litmus tests with everything in them: all kinds of accesses, dependencies by address, value and branch, and compare-and-exchange. */
final class RandomPrograms {
    private final Random random;

    RandomPrograms(long seed) {
        random = new Random(seed);
    }

    /** {@return the text of a test: two threads of up to three accesses, or three of up to two, over two cells} */
    String next() {
        int threads = random.nextInt(3) == 0 ? 3 : 2;
        List<List<String>> code = new ArrayList<>();
        StringBuilder init = new StringBuilder();
        for (int t = 0; t < threads; t++) {
            int twin = t > 0 && random.nextInt(8) == 0 ? t - 1 : t;
            code.add(twin < t ? code.get(twin) : thread(threads == 3 ? 1 + random.nextInt(2) : 1 + random.nextInt(3)));
            for (int r : new int[] {1, 2}) {
                init.append(' ').append(t).append(":r").append(r).append('=').append(r == 1 ? "x" : "y").append(';');
            }
        }
        return text("random", init.toString(), code);
    }

    /** {@return a test of these threads that shows all registers that they read into, and both cells} */
    static String text(String name, String init, List<List<String>> code) {
        StringBuilder out = new StringBuilder("BPF " + name + "\n{" + init + " }\n");
        int rows = code.stream().mapToInt(List::size).max().orElseThrow();
        for (int row = -1; row < rows; row++) {
            List<String> cells = new ArrayList<>();
            for (int t = 0; t < code.size(); t++) {
                cells.add(row < 0 ? "P" + t : row < code.get(t).size() ? code.get(t).get(row) : "");
            }
            out.append(' ').append(String.join(" | ", cells)).append(" ;\n");
        }
        out.append("locations [x; y;");
        for (int t = 0; t < code.size(); t++) {
            out.append(' ').append(t).append(":r0; ").append(t).append(":r3; ").append(t).append(":r4; ").append(t).append(":r5;");
        }
        return out.append("]\nexists (x=1 /\\ 0:r3=0)\n").toString();
    }

    private List<String> thread(int accesses) {
        List<String> out = new ArrayList<>();
        int labels = 0;
        List<Integer> read = new ArrayList<>();
        for (int i = 0; i < accesses; i++) {
            String base = random.nextBoolean() ? "r1" : "r2";
            int source = read.isEmpty() ? -1 : read.get(random.nextInt(read.size()));
            if (source >= 0 && random.nextInt(4) == 0) {
                out.add("r8 = r" + source);
                out.add("r8 ^= r" + source);
                out.add("r8 += " + base);
                base = "r8";
            }
            if (source >= 0 && random.nextInt(4) == 0) {
                out.add("if r" + source + (random.nextBoolean() ? " == " : " != ") + random.nextInt(2) + " goto L" + labels);
                access(out, base, source, 3 + i, read);
                out.add("L" + labels++ + ":");
            } else {
                access(out, base, source, 3 + i, read);
            }
        }
        return out;
    }

    private void access(List<String> out, String base, int source, int into, List<Integer> read) {
        String memory = "(u64 *)(" + base + " + 0)";
        int value = 1 + random.nextInt(2);
        boolean dependent = source >= 0 && random.nextInt(3) > 0;
        switch (random.nextInt(11)) {
            case 0, 1 -> out.add("*" + memory + " = " + (dependent ? "r" + source : value));
            case 2, 3 -> {
                out.add("r" + into + " = *" + memory);
                read.add(into);
            }
            case 4 -> {
                out.add("r" + into + " = load_acquire(" + memory + ")");
                read.add(into);
            }
            case 5 -> {
                out.add(dependent ? "r9 = r" + source : "r9 = " + value);
                out.add("store_release(" + memory + ", r9)");
            }
            case 6 -> {
                out.add("r" + into + " = " + (dependent ? "r" + source : value));
                out.add("r" + into + (random.nextBoolean() ? " = atomic_fetch_add(" + memory : " = xchg_64(" + base + " + 0") + ", r" + into + ")");
                read.add(into);
            }
            case 7 -> {
                out.add(dependent ? "r9 = r" + source : "r9 = " + value);
                out.add("lock *" + memory + (random.nextBoolean() ? " += r9" : " |= r9"));
            }
            default -> {
                out.add(dependent ? "r0 = r" + source : "r0 = " + random.nextInt(2));
                out.add(dependent && random.nextBoolean() ? "r9 = r" + source : "r9 = " + value);
                out.add("r0 = cmpxchg_64(" + base + " + 0, r0, r9)");
                out.add("r" + into + " = r0");
                read.add(into);
            }
        }
    }
}
