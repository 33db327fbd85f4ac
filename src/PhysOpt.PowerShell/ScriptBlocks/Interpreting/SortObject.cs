using System.Runtime.ExceptionServices;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Sort-Object: by guards where keys are traced.</summary>
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
            {
                Known.RefuseBlocks("Sort-Object", [.. bound.Positional, .. bound.Named.Values]);
                return PlainScript.Command("Sort-Object", bound, input);
            }

            if (bound.Has("Unique"))
                throw NotSupported("-Unique", "sort without it, and compare each with the one before it");
            if (bound.Named.ContainsKey("Top")) throw NotSupported("-Top", "use Select-Object -First after it");
            if (bound.Named.ContainsKey("Bottom")) throw NotSupported("-Bottom", "use Select-Object -Last after it");
            if (property is not (null or string or BlockValue))
                throw NotSupported("several properties or a table for them", "sort by one property or block");
            var keyed = input.Where(each => each is not null).Select((each, i) => (Item: each, Key: Key(each, property), Place: i))
                .ToList();
            var (sign, isStable) = (bound.Has("Descending") ? -1 : 1, bound.Has("Stable"));
            // by the same method as PowerShell, which changes the order of equal ones where there are more than 16; each comparison
            // is a guard
            try
            {
                keyed.Sort((a, b) => sign * Comparison.Order(a.Key, b.Key) is var order and not 0 ? order
                    : isStable ? a.Place.CompareTo(b.Place) : 0);
            }
            catch (InvalidOperationException exception) when (exception.InnerException is { } cause)
            {
                ExceptionDispatchInfo.Throw(cause);
            }

            return keyed.Select(each => each.Item);
        }

        static TraceRefusedException NotSupported(string what, string instead) =>
            new($"Sort-Object of traced numbers, or by a block, is not supported with {what}: {instead}");

        object? Key(object? item, object? property)
        {
            if (property is null) return item;
            if (property is string name) return Members.OfInput(item, name, "Sort-Object");
            var answer = new Collected();
            try
            {
                ForEachObject.Run(f, (BlockValue)property, item, answer, hasOwnScope: true);
            }
            catch (Exception error) when (Failures.IsOfTheScript(error))
            {
                throw new TraceRefusedException("A block of Sort-Object fails, which PowerShell passes over: "
                    + error.Message.TrimEnd('.'));
            }

            return answer.Value;
        }
    }
}
