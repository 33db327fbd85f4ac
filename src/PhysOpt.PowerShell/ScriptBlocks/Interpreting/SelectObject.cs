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
        if (!hasInput) throw new TraceRefusedException("It calls Select-Object without input");
        return new Selecting(bound, next);
    }

    internal sealed class Selecting(Arguments.Bound bound, Sink next) : Sink
    {
        readonly List<object?> input = [];
        readonly int skip = bound.Get("Skip") is { } some ? Conversions.Concrete(some) : 0;
        readonly int? first = bound.Get("First") is { } some ? Conversions.Concrete(some) : null;
        readonly bool isOfOrder = !bound.Named.Keys.Any(name =>
            name.ToUpperInvariant() is not ("FIRST" or "LAST" or "SKIP" or "SKIPLAST" or "INDEX" or "WAIT" or "EXPANDPROPERTY"))
            && bound.Positional.Count == 0;

        internal override void Write(object? value)
        {
            if (Values.OrNull(value) is null) return; // passed over, also where it counts
            input.Add(value);
            if (first is { } enough && isOfOrder && bound.Get("Last") is null && bound.Get("SkipLast") is null && !bound.Has("Wait")
                && input.Count >= skip + enough)
                throw new PipelineCut(this);
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
                    throw new TraceRefusedException("Select-Object cannot make objects of traced numbers");
                return PlainScript.Command("Select-Object", bound, input);
            }

            IEnumerable<object?> chosen = input;
            if (bound.Get("Index") is { } indices)
                chosen = (Values.List(indices) ?? [indices]).Select(Conversions.Concrete).Order().Where(i => i < input.Count).Select(i =>
                    input[i]);
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
