using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Where-Object, by a block or by a property and an operator.</summary>
internal static class WhereObject
{
    static readonly string[] Operators = ["EQ", "NE", "GT", "GE", "LT", "LE", "CEQ", "CNE", "CGT", "CGE", "CLT", "CLE", "In", "NotIn",
        "Contains",
        "NotContains", "CIn", "CNotIn", "CContains", "CNotContains"];

    internal static Sink Open(Frame f, Arguments arguments, Sink next, bool hasInput)
    {
        if (!hasInput) throw new TraceRefusedException("It calls Where-Object without input");
        var named = arguments.Given.Where(each => each.Name is not null).ToList();
        var relation = named.FirstOrDefault(each => Operators.Contains(each.Name, StringComparer.OrdinalIgnoreCase)).Name;
        string[] others = relation is null ? ["FilterScript", "Property", "Value"] : [relation, "FilterScript", "Property", "Value"];
        var bound = arguments.Bind("Where-Object", others, relation is null ? ["Not"] : []);
        if ((bound.Get("FilterScript", 0) ?? bound.Get("Property", 0)) is BlockValue block) return new ByBlock(f, block, next);
        var property = bound.Get("Property", 0);
        if (property is null || Values.HoldsTraced(property)) throw new TraceRefusedException("Where-Object is given no condition");
        var value = relation is null ? null : bound.Get(relation) ?? bound.Get("Value", 1);
        return new ByProperty(Text.Of(property), relation?.ToLowerInvariant(), value, bound.Has("Not"), next);
    }

    sealed class ByBlock(Frame f, BlockValue block, Sink next) : Sink
    {
        internal override void Write(object? value)
        {
            var answer = new Collected();
            ForEachObject.Run(f, block, value, answer);
            if (Truth.Of(answer.Value)) next.Write(value);
        }

        internal override void End() => next.End();
    }

    sealed class ByProperty(string property, string? relation, object? wanted, bool isNot, Sink next) : Sink
    {
        internal override void Write(object? value)
        {
            var found = Members.Get(value, property);
            var holds = relation is null ? Truth.Of(found) != isNot
                : relation.EndsWith("in", StringComparison.Ordinal) || relation.EndsWith("contains", StringComparison.Ordinal)
                    ? Comparison.Contains(relation, found, wanted) : Truth.Of(Comparison.Compare(relation, found, wanted));
            if (holds) next.Write(value);
        }

        internal override void End() => next.End();
    }
}
