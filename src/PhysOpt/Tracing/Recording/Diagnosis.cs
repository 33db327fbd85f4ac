using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Recording;

/// <summary>Looks in a recording for the operation that is to blame for a value, a slope or a jump.</summary>
internal static class Diagnosis
{
    /// <summary>The first operation that gives NaN or infinity of finite operands; -1 where there is none.</summary>
    /// <param name="recorder">A recording, whether it came to its end or not.</param>
    /// <param name="outputs">The nodes that matter with what they need; null for all.</param>
    internal static int NotFinite(Recorder recorder, IReadOnlyList<int>? outputs) => First(recorder, outputs, (node, a, b) =>
        !double.IsFinite(recorder.ValueOf(node)) && IsFinite(recorder, a) && IsFinite(recorder, b));

    /// <summary>The first operation that is finite, but whose derivative to an operand that x moves is not; -1 where there is none.</summary>
    /// <inheritdoc cref="NotFinite"/>
    internal static int NoSlope(Recorder recorder, IReadOnlyList<int>? outputs) => First(recorder, outputs, (node, a, b) =>
    {
        if (!double.IsFinite(recorder.ValueOf(node)) || a < 0 || !IsFinite(recorder, a) || !IsFinite(recorder, b)) return false;
        var operation = recorder.Nodes[node].Operation;
        return HasNoSlope(recorder, operation, a, b, 0) || (b >= 0 && HasNoSlope(recorder, operation, a, b, 1));
    });

    /// <summary>The first operation whose value jumps between two recordings of the same nodes; -1 where there is none.</summary>
    internal static int Jump(Recorder here, Recorder there)
    {
        for (var k = 0; k < int.Min(here.Count, there.Count); k++)
        {
            var operation = here.Nodes[k].Operation;
            if (operation != there.Nodes[k].Operation) return -1; // another branch
            if (!operation.IsLeaf && !operation.IsList && (operation.IsAbrupt(0) || operation.IsAbrupt(1))
                && double.Abs(here.ValueOf(k) - there.ValueOf(k)) > LeastJump) return k;
        }

        return -1;
    }

    /// <summary>The first comparison that turns out differently in two recordings; -1 where there is none.</summary>
    internal static int Turn(Recorder here, Recorder there)
    {
        for (var k = 0; k < int.Min(here.Guards.Count, there.Guards.Count); k++)
        {
            if (here.Guards[k].Relation != there.Guards[k].Relation) return k;
        }

        return -1;
    }

    /// <summary>The inputs that a node depends on, in order.</summary>
    internal static IReadOnlyList<int> Inputs(Nodes nodes, params int[] ends)
    {
        var isNeeded = Needed(nodes, ends);
        return [.. Enumerable.Range(0, isNeeded.Length).Where(k => isNeeded[k] && nodes[k].Operation == Operation.Input)
            .Select(k => nodes[k].A)];
    }

    const double LeastJump = 1e-3; // of Floor, Sign, Atan2 and their kin, which jump by 1, 2 or 2 pi

    static bool IsFinite(Recorder recorder, int operand) => operand < 0 || double.IsFinite(recorder.ValueOf(operand));

    static int First(Recorder recorder, IReadOnlyList<int>? outputs, Func<int, int, int, bool> isIt)
    {
        var nodes = recorder.Nodes;
        var isNeeded = outputs is null ? null : Needed(nodes, [.. outputs]);
        for (var k = 0; k < recorder.Count; k++)
        {
            var (operation, a, b) = nodes[k];
            if (isNeeded?[k] == false || operation.IsList || operation == Operation.Input) continue;
            if (operation.ReadsList ? false : operation.IsLeaf ? isIt(k, -1, -1) : isIt(k, a, b)) return k;
        }

        return -1;
    }

    static bool HasNoSlope(Recorder recorder, Operation operation, int a, int b, int side)
    {
        if (recorder.Nodes.IsConstant(side == 0 ? a : b) || !operation.IsDifferentiable(side)) return false;
        ReadOnlySpan<double> operands = [recorder.ValueOf(a), b < 0 ? 0 : recorder.ValueOf(b)];
        var g = new GraphBuilder(2);
        var partial = operation.Times(g, g.Constant(1), g.Append(operation, 0, b < 0 ? -1 : 1), side);
        var values = new double[g.Count];
        for (var k = 0; k < values.Length; k++)
        {
            var (each, left, right) = g[k];
            values[k] = each == Operation.Input ? operands[left] : each == Operation.Constant ? g.ConstantOf(k)
                : each.Evaluate(values[left], right < 0 ? 0 : values[right]);
        }

        return !double.IsFinite(values[partial]);
    }

    static bool[] Needed(Nodes nodes, int[] ends)
    {
        var isNeeded = new bool[nodes.Count];
        foreach (var end in ends) isNeeded[end] = true;
        for (var k = nodes.Count - 1; k >= 0; k--)
        {
            var (operation, a, b) = nodes[k];
            if (!isNeeded[k] || operation.IsLeaf) continue;
            if (operation.IsList)
            {
                foreach (var each in nodes.OperandsOf(k)) isNeeded[each] = true;
                continue;
            }

            isNeeded[a] = true;
            if (b >= 0) isNeeded[b] = true;
        }

        return isNeeded;
    }
}
