package bpfmc.model.btf;

/** Prints types as C writes them. Pointers may lead in circles, so what lies deeper than 12 steps becomes "...". */
final class CTypeNames {
    private static final int DEEPEST = 12;
    private static final int LONGEST = 200;

    private final BtfTypes types;

    CTypeNames(BtfTypes types) {
        this.types = types;
    }

    String of(int id) {
        String text = declare(id, "", 0);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** Declares something of the type: {@code inner} is what has been read so far from the inside out ("*", "[4]"). */
    private String declare(int id, String inner, int depth) {
        if (depth > DEEPEST || inner.length() > LONGEST) {
            return join("...", inner);
        }
        return switch (types.byId(id)) {
            case BtfType.Void v -> join("void", inner);
            case BtfType.Int i -> join(i.name(), inner);
            case BtfType.Float f -> join(f.name(), inner);
            case BtfType.Struct s -> join("struct " + orBraces(s.name()), inner);
            case BtfType.Union u -> join("union " + orBraces(u.name()), inner);
            case BtfType.Forward f -> join((f.union() ? "union " : "struct ") + f.name(), inner);
            case BtfType.Enumeration e -> join("enum " + orBraces(e.name()), inner);
            case BtfType.Typedef t -> join(t.name(), inner);
            case BtfType.Const c -> qualified("const", c.target(), inner, depth);
            case BtfType.Volatile v -> qualified("volatile", v.target(), inner, depth);
            case BtfType.Restrict r -> qualified("restrict", r.target(), inner, depth);
            case BtfType.TypeTag t -> declare(t.target(), inner, depth + 1);
            case BtfType.Pointer p -> declare(p.target(), "*" + inner, depth + 1);
            case BtfType.Array a -> declare(a.element(), grouped(inner) + "[" + a.count() + "]", depth + 1);
            case BtfType.Prototype p -> declare(p.result(), grouped(inner) + parameters(p, depth), depth + 1);
            case BtfType.Function f -> declare(f.prototype(), f.name() + inner, depth + 1);
            case BtfType.Variable v -> declare(v.type(), v.name() + inner, depth + 1);
            case BtfType.DataSection d -> d.name();
            case BtfType.DeclarationTag t -> t.name();
        };
    }

    private String qualified(String qualifier, int target, String inner, int depth) {
        boolean onPointer = types.byId(target) instanceof BtfType.Pointer;
        return onPointer
                ? declare(target, inner.isEmpty() ? qualifier : qualifier + " " + inner, depth + 1)
                : qualifier + " " + declare(target, inner, depth + 1);
    }

    private String parameters(BtfType.Prototype prototype, int depth) {
        if (depth > 3) {
            return "(...)";
        }
        if (prototype.parameters().isEmpty()) {
            return "(void)";
        }
        StringBuilder out = new StringBuilder("(");
        for (BtfType.Parameter parameter : prototype.parameters()) {
            if (out.length() > LONGEST) {
                return out + ", ...)";
            }
            out.append(out.length() > 1 ? ", " : "").append(
                    parameter.type() == 0 && parameter.name().isEmpty() ? "..." : declare(parameter.type(), "", depth + 4));
        }
        return out.append(")").toString();
    }

    private static String grouped(String inner) {
        return inner.startsWith("*") ? "(" + inner + ")" : inner;
    }

    private static String join(String base, String inner) {
        return inner.isEmpty() || inner.startsWith("[") ? base + inner : base + " " + inner;
    }

    private static String orBraces(String name) {
        return name.isEmpty() ? "{...}" : name;
    }
}
