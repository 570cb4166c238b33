package bpfmc.explorer.report.format;

import bpfmc.model.kernel.ProgramType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.program.ValueLayout.SpecialField;
import java.util.Locale;
import org.eclipse.collections.api.list.ImmutableList;

/** What {@code bpfmc show} prints of an object: its programs, its maps, what it lacks; and the code, when asked. */
public final class ObjectSummary {
    private static final String INDENT = "  ";

    private ObjectSummary() {}

    /** {@return programs, maps and notes} */
    public static String overview(BpfObject object) {
        StringBuilder out = new StringBuilder(object.name()).append(": ")
                .append(object.license().isEmpty() ? "no license" : "license " + object.license()).append(", ")
                .append(object.btf().map(Object::toString).orElse("no BTF")).append('\n');
        if (object.programs().notEmpty()) {
            out.append('\n').append(CodeListing.count(object.programs().size(), "program")).append('\n').append(programs(object));
        }
        if (object.maps().notEmpty()) {
            out.append('\n').append(CodeListing.count(object.maps().size(), "map")).append('\n').append(maps(object));
        }
        if (object.notes().notEmpty()) {
            out.append('\n').append(CodeListing.count(object.notes().size(), "note")).append('\n');
            object.notes().forEach(note -> out.append(INDENT).append(note).append('\n'));
        }
        return out.toString();
    }

    /** {@return the overview, then each program's instructions with the source lines they come from} */
    public static String withCode(BpfObject object) {
        StringBuilder out = new StringBuilder(overview(object));
        object.programs().forEach(program -> out.append('\n').append(new CodeListing(object, program).render()));
        return out.toString();
    }

    private static String programs(BpfObject object) {
        Columns table = new Columns("name", "section", "type", "instructions", "subprograms");
        for (BpfProgram program : object.programs()) {
            ImmutableList<Function> functions = program.functions();
            table.add(program.name(), program.section().autoload() ? program.section().name()
                    : "?" + program.section().name(), type(program), String.valueOf(program.instructionCount()),
                    functions.drop(1).collect(Function::name).makeString(", "));
        }
        return table.render(INDENT);
    }

    private static String type(BpfProgram program) {
        return program.section().type() == ProgramType.UNSPEC ? "unknown" : lower(program.section().type());
    }

    private static String maps(BpfObject object) {
        Columns table = new Columns("name", "type", "key", "value", "entries", "special fields");
        for (MapDefinition map : object.maps()) {
            table.add(map.name(), lower(map.type()), layout(map.key()), value(map),
                    map.maxEntries() == 0 ? "-" : String.valueOf(map.maxEntries()), special(map));
        }
        return table.render(INDENT);
    }

    private static String value(MapDefinition map) {
        return map.data().isPresent() ? bytes(map.valueSize()) : map.inner()
                .map(inner -> lower(inner.type()) + " of " + layout(inner.key()) + " to " + layout(inner.value()))
                .orElseGet(() -> layout(map.value()));
    }

    private static String layout(ValueLayout layout) {
        if (layout.size() == 0) {
            return "-";
        }
        return layout.typeName().isEmpty() ? bytes(layout.size()) : layout.typeName() + ", " + bytes(layout.size());
    }

    private static String bytes(int size) {
        return CodeListing.count(size, "byte");
    }

    private static String special(MapDefinition map) {
        ValueLayout value = map.inner().map(MapDefinition::value).orElse(map.value());
        return value.special().collect(field -> special(value, field)).makeString(", ");
    }

    private static String special(ValueLayout value, SpecialField field) {
        String name = value.fieldAt(field.offset(), field.size()).map(f -> f.name() + " ").orElse("");
        return field.kind().structName() + " " + name + "at " + field.offset();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
