package bpfmc.explorer.report;

import bpfmc.explorer.verdict.SourceNames;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SourceLine;
import bpfmc.model.program.ValueLayout;
import java.util.Optional;

/** The user's own names for memory and places. */
public final class Naming implements SourceNames {
    private final BpfObject object;

    public Naming(BpfObject object) {
        this.object = object;
    }

    /** {@return map and field, for ids: "entries.packets"} */
    public String field(Subject subject) {
        if (subject.map() < 0) {
            return "-";
        }
        return map(subject).name() + layoutField(subject).map(f -> "." + f.name()).orElse(offset(subject));
    }

    private static String offset(Subject subject) {
        return subject.size() == 0 ? "" : "+" + subject.offset();
    }

    @Override
    public String place(Subject subject) {
        if (subject.map() < 0) {
            return "";
        }
        MapDefinition map = map(subject);
        if (map.data().isPresent()) {
            return layoutField(subject).map(ValueLayout.Field::name).orElse(map.name() + offset(subject));
        }
        return map.name() + "[key]" + layoutField(subject).map(f -> "." + f.name())
                .orElse(subject.size() == 0 ? "" : " bytes " + subject.offset() + " to " + (subject.offset() + subject.size() - 1));
    }

    /** {@return the memory in one element: "entries[{7}].packets", or a global's name} @param element its name */
    public String instance(String element, Subject subject) {
        if (subject.map() < 0 || map(subject).data().isPresent()) {
            return place(subject);
        }
        return element + layoutField(subject).map(f -> "." + f.name()).orElse("");
    }

    /** {@return what kind of memory it is: "HASH, struct stat, u64"} */
    public String type(Subject subject) {
        if (subject.map() < 0) {
            return "";
        }
        MapDefinition map = map(subject);
        String kind = map.data().isPresent() ? "global data, section " + map.name() : map.type().name();
        String value = map.value().typeName().isEmpty() || map.data().isPresent() ? "" : ", " + map.value().typeName();
        return kind + value + layoutField(subject).map(f -> ", " + f.typeName()).orElse("");
    }

    private Optional<ValueLayout.Field> layoutField(Subject subject) {
        return subject.size() == 0 ? Optional.empty() : map(subject).value().fieldAt(subject.offset(), subject.size());
    }

    @Override
    public MapDefinition map(Subject subject) {
        return object.maps().get(subject.map());
    }

    @Override
    public BpfProgram program(String name) {
        return object.programs().detect(p -> p.name().equals(name));
    }

    /** {@return the program's place in the object, from 0} */
    int number(String name) {
        return object.programs().detectIndex(p -> p.name().equals(name));
    }

    public Optional<SourceLine> line(String program, int slot) {
        return program(program).lineAt(slot);
    }

    /** {@return "file:line", or program and instruction where there is no line information} */
    public String where(String program, int slot) {
        return line(program, slot).map(l -> baseName(l.file()) + ":" + l.line()).orElse(program + " instruction " + slot);
    }

    public static String baseName(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
