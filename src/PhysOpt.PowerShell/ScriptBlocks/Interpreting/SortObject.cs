using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Sort-Object: by guards where keys are traced; what is equal keeps its order.</summary>
internal static class SortObject
{
    internal static Sink Open(Frame f, Arguments arguments, Sink next, bool hasInput)
    {
        var bound = arguments.Bind("Sort-Object", ["Property", "InputObject", "Culture", "Top", "Bottom"],
            ["Descending", "Unique", "Stable", "CaseSensitive"]);
        if (!hasInput) throw new TraceRefusedException("It calls Sort-Object without input");
        return new Sorting(f, bound, next);
    }

    sealed class Sorting(Frame f, Arguments.Bound bound, Sink next) : Sink
    {
        readonly List<object?> input = [];

        internal override void Write(object? value) => input.Add(value);

        internal override void End()
        {
            foreach (var value in Sorted()) next.Write(value);
            next.End();
        }

        IEnumerable<object?> Sorted()
        {
            var property = bound.Get("Property", 0);
            if (!Values.HoldsTraced(input.ToArray()) && property is not BlockValue)
                return PlainScript.Command("Sort-Object", bound, input);

            if (bound.Has("Unique") || bound.Named.ContainsKey("Top") || bound.Named.ContainsKey("Bottom")
                || property is not (null or string or BlockValue))
                throw new TraceRefusedException("Sort-Object cannot sort traced numbers in this way");
            (object? Item, object? Key)[] keyed = [.. input.Where(each => each is not null).Select(each => (each, Key(each, property)))];
            Comparison.Sort(keyed, each => each.Key, bound.Has("Descending"));
            return keyed.Select(each => each.Item);
        }

        object? Key(object? item, object? property)
        {
            if (property is null) return item;
            if (property is string name) return Members.Get(item, name);
            var answer = new Collected();
            ForEachObject.Run(f, (BlockValue)property, item, answer);
            return answer.Value;
        }
    }
}
