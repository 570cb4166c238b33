package bpfmc.model.btf;

import bpfmc.model.InputException;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * The size of every type, computed from the contained types upwards. On the way: no reference leads to a type that does
 * not exist, no type contains itself, none nests deeper than {@value #DEEPEST}. Whoever walks contained types afterwards
 * may therefore recurse.
 */
final class TypeSizes {
    static final int DEEPEST = 200;
    private static final long LARGEST = 1L << 32;
    private static final long UNKNOWN = -1;

    private final ImmutableList<BtfType> types;
    private final long[] sizes;
    /** 0: not seen; otherwise 1 + the greatest depth of what the type contains; -1: being looked at. */
    private final int[] height;

    private TypeSizes(ImmutableList<BtfType> types) {
        this.types = types;
        this.sizes = new long[types.size()];
        this.height = new int[types.size()];
    }

    /** {@return bytes by type id, -1 for what has no size (void, functions, declarations)} */
    static long[] of(ImmutableList<BtfType> types) {
        TypeSizes all = new TypeSizes(types);
        for (int id = 0; id < types.size(); id++) {
            all.checkReferences(id);
        }
        for (int id = 0; id < types.size(); id++) {
            all.visit(id, 0);
        }
        return all.sizes;
    }

    private void visit(int id, int depth) {
        if (height[id] > 0) {
            return;
        }
        if (height[id] < 0) {
            throw fault(id, "contains itself");
        }
        if (depth > DEEPEST) {
            throw fault(id, "nests deeper than " + DEEPEST + " types");
        }
        height[id] = -1;
        int highest = 0;
        BtfType type = types.get(id);
        for (int i = 0; i < containedCount(type); i++) {
            int inner = contained(type, i);
            visit(inner, depth + 1);
            highest = Math.max(highest, height[inner]);
        }
        height[id] = highest + 1;
        if (height[id] > DEEPEST) {
            throw fault(id, "nests deeper than " + DEEPEST + " types");
        }
        sizes[id] = size(id, type);
    }

    private long size(int id, BtfType type) {
        return switch (type) {
            case BtfType.Void v -> UNKNOWN;
            case BtfType.Int i -> i.size();
            case BtfType.Pointer p -> 8;
            case BtfType.Array a -> arraySize(id, a);
            case BtfType.Composite c -> c.size();
            case BtfType.Enumeration e -> e.size();
            case BtfType.Wrapper w -> sizes[w.target()];
            case BtfType.Variable v -> sizes[v.type()];
            case BtfType.DataSection d -> d.size();
            case BtfType.Float f -> f.size();
            case BtfType.Forward f -> UNKNOWN;
            case BtfType.Function f -> UNKNOWN;
            case BtfType.Prototype p -> UNKNOWN;
            case BtfType.DeclarationTag t -> UNKNOWN;
        };
    }

    private long arraySize(int id, BtfType.Array array) {
        long element = sizes[array.element()];
        if (element == UNKNOWN) {
            return array.count() == 0 ? 0 : UNKNOWN;
        }
        if (element * array.count() >= LARGEST) {
            throw fault(id, "an array of " + array.count() + " elements of " + element + " bytes exceeds 4 GiB");
        }
        return element * array.count();
    }

    /** What lies inside a value of the type; pointers and functions lead elsewhere. */
    private static int containedCount(BtfType type) {
        return switch (type) {
            case BtfType.Wrapper w -> 1;
            case BtfType.Array a -> 1;
            case BtfType.Variable v -> 1;
            case BtfType.Composite c -> c.members().size();
            case BtfType.DataSection d -> d.variables().size();
            case BtfType.Void v -> 0;
            case BtfType.Int i -> 0;
            case BtfType.Pointer p -> 0;
            case BtfType.Enumeration e -> 0;
            case BtfType.Float f -> 0;
            case BtfType.Forward f -> 0;
            case BtfType.Function f -> 0;
            case BtfType.Prototype p -> 0;
            case BtfType.DeclarationTag t -> 0;
        };
    }

    private static int contained(BtfType type, int i) {
        return switch (type) {
            case BtfType.Wrapper w -> w.target();
            case BtfType.Array a -> a.element();
            case BtfType.Variable v -> v.type();
            case BtfType.Composite c -> c.members().get(i).type();
            case BtfType.DataSection d -> d.variables().get(i).type();
            case BtfType.Void v -> 0;
            case BtfType.Int x -> 0;
            case BtfType.Pointer p -> 0;
            case BtfType.Enumeration e -> 0;
            case BtfType.Float f -> 0;
            case BtfType.Forward f -> 0;
            case BtfType.Function f -> 0;
            case BtfType.Prototype p -> 0;
            case BtfType.DeclarationTag t -> 0;
        };
    }

    private void checkReferences(int id) {
        BtfType type = types.get(id);
        for (int i = 0; i < containedCount(type); i++) {
            check(id, contained(type, i));
        }
        switch (type) {
            case BtfType.Pointer p -> check(id, p.target());
            case BtfType.Function f -> check(id, f.prototype());
            case BtfType.Prototype p -> {
                check(id, p.result());
                p.parameters().forEach(parameter -> check(id, parameter.type()));
            }
            case BtfType.DeclarationTag t -> check(id, t.target());
            case BtfType.Array a -> check(id, a.index());
            case BtfType.Wrapper w -> check(id, w.target());
            case BtfType.Void v -> { }
            case BtfType.Int i -> { }
            case BtfType.Composite c -> { }
            case BtfType.Enumeration e -> { }
            case BtfType.Variable v -> { }
            case BtfType.DataSection d -> { }
            case BtfType.Float f -> { }
            case BtfType.Forward f -> { }
        }
    }

    private void check(int from, int to) {
        if (to < 0 || to >= types.size()) {
            throw fault(from, "refers to type " + Integer.toUnsignedString(to) + ", but there are only "
                    + (types.size() - 1));
        }
    }

    private InputException fault(int id, String message) {
        String name = types.get(id).name();
        return new InputException("section .BTF: type " + id + (name.isEmpty() ? "" : " (" + name + ")") + ": "
                + message);
    }
}
