using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Select-Object: the first, last or others of its input, or a property of each.</summary>
internal static class SelectObject
{
    internal static Sink Open(Frame f, Arguments arguments, Sink next, bool hasInput)
    {
        var bound = arguments.Bind("Select-Object",
            ["Property", "ExcludeProperty", "ExpandProperty", "First", "Last", "Skip", "SkipLast", "Index", "SkipIndex", "InputObject"],
            ["Unique", "Wait", "CaseInsensitive"]);
        if (bound.Named.ContainsKey("Index") && bound.Named.Keys.Any(name => name is "First" or "Last" or "Skip" or "SkipLast"))
            throw new TraceRefusedException("Select-Object takes -Index only without -First, -Last and -Skip");
        if (!hasInput) throw new TraceRefusedException("It calls Select-Object without input");
        return new Selecting(bound, next);
    }

    internal sealed class Selecting(Arguments.Bound bound, Sink next) : Sink
    {
        readonly List<object?> input = [];
        readonly int skip = bound.Get("Skip") is { } some ? Conversions.Concrete(some) : 0;
        readonly int? first = bound.Get("First") is { } some ? Conversions.Concrete(some) : null;
        readonly int[]? places = bound.Get("Index") is { } some ? Places(some) : null;
        readonly bool isOfOrder = !bound.Named.Keys.Any(name =>
            name.ToUpperInvariant() is not ("FIRST" or "LAST" or "SKIP" or "SKIPLAST" or "INDEX" or "WAIT" or "EXPANDPROPERTY"))
            && bound.Positional.Count == 0;

        internal override void Write(object? value)
        {
            if (Values.OrNull(value) is null) return; // passed over, also where it counts
            input.Add(value);
            if (isOfOrder && !bound.Has("Wait") && input.Count >= Enough) throw new PipelineCut(this);
        }

        /// <summary>How many objects it takes from those before it; none are too many for -First 0.</summary>
        int Enough => places is { Length: > 0 } ? places[^1] + 1
            : first is > 0 and { } count && bound.Get("Last") is null && bound.Get("SkipLast") is null ? skip + count : int.MaxValue;

        /// <summary>The places that are asked for, each once, in their order.</summary>
        static int[] Places(object indices)
        {
            int[] places = [.. (Values.List(indices) ?? [indices]).Select(Conversions.Concrete).Distinct().Order()];
            return places is [>= 0, ..] ? places
                : throw new TraceRefusedException("Select-Object -Index is given no place or a negative one, which is not supported");
        }

        internal override void End() => EndAll();

        /// <summary>Puts out what was selected.</summary>
        internal void EndAll()
        {
            foreach (var value in Selected()) next.Write(value);
            next.End();
        }

        IEnumerable<object?> Selected()
        {
            if (!isOfOrder)
            {
                if (Values.HoldsTraced(input.ToArray()))
                {
                    throw new TraceRefusedException(bound.Has("Unique")
                        ? "Select-Object -Unique of traced numbers is not supported: compare them by -eq"
                        : "Select-Object cannot make objects of traced numbers: make them by [pscustomobject]@{ }");
                }

                Known.RefuseBlocks("Select-Object", [.. bound.Positional, .. bound.Named.Values]);
                return PlainScript.Command("Select-Object", bound, input);
            }

            IEnumerable<object?> chosen = input;
            if (places is not null) chosen = places.Where(i => i < input.Count).Select(i => input[i]);
            else if (bound.Get("Last") is { } last)
            {
                chosen = input.SkipLast(skip).TakeLast(Conversions.Concrete(last));
                if (first is { } start) chosen = [.. input.Take(start), .. input.Skip(start).TakeLast(Conversions.Concrete(last))];
            }
            else
            {
                chosen = chosen.Skip(skip);
                if (bound.Get("SkipLast") is { } left) chosen = chosen.SkipLast(Conversions.Concrete(left));
                if (first is { } count) chosen = chosen.Take(count);
            }

            return bound.Get("ExpandProperty") is { } property
                ? chosen.Select(each => (object?)Members.OfInput(each, Text.Of(property), "Select-Object"))
                    .SelectMany(value => Values.Elements(value)?.Cast<object?>() ?? [value])
                : chosen;
        }
    }
}
