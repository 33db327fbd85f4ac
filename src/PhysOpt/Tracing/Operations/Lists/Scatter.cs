using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>
    /// n sums: each of the first half of the operands is added where its partner in the second half says, which counts as in
    /// <see cref="Gather"/>. The adjoint of gathers of one list: &lt;w, Gather(v, i)&gt; = &lt;Scatter(w, i), v&gt;.
    /// </summary>
    internal static Operation Scatter => ScatterOperation.Instance;
}

/// <inheritdoc cref="Operation.Scatter"/>
internal sealed class ScatterOperation() : ListOf(nameof(Scatter))
{
    internal static readonly Operation Instance = new ScatterOperation();

    internal override int PlacesFrom(int operandCount) => operandCount / 2;

    /// <summary>Adds count terms, each a step after the other, to the numbers of a list where their indices say.</summary>
    internal static void AddTerms(ref double list, int length, ref double terms, nint step, ref double indices, nint indexStep, int count)
    {
        for (; count > 0; count--)
        {
            var place = GatherOperation.PlaceOf(indices, length);
            if (place >= 0) Unsafe.Add(ref list, place) += terms;
            terms = ref Unsafe.Add(ref terms, step);
            indices = ref Unsafe.Add(ref indices, indexStep);
        }
    }

    /// <summary>The terms at known places are the list of their sums.</summary>
    internal override int Simplify(Nodes g, ReadOnlySpan<int> operands, int length)
    {
        var half = operands.Length / 2;
        var sums = new int[length];
        Array.Fill(sums, -1);
        for (var k = 0; k < half; k++)
        {
            var index = operands[half + k];
            if (!g.IsConstant(index)) return g.Append(this, operands, length);
            var place = GatherOperation.PlaceOf(g.ConstantOf(index), length);
            if (place >= 0) sums[place] = sums[place] < 0 ? operands[k] : g.Add(sums[place], operands[k]);
        }

        for (var k = 0; k < length; k++)
        {
            if (sums[k] < 0) sums[k] = g.Constant(0);
        }

        return g.Apply(List, sums, length);
    }

    internal override int TangentOf(Nodes g, int node, ReadOnlySpan<int> tangents) =>
        g.Apply(this, [.. tangents, .. g.OperandsOf(node)[tangents.Length..]], g.LengthOf(node));

    internal override int AdjointOf(Nodes g, int node, int operand, int adjoint)
    {
        var operands = g.OperandsOf(node);
        return g.Apply(Gather, adjoint, operands[operands.Length / 2 + operand]);
    }

    internal override void Fill(Span<double> list, ReadOnlySpan<double> operands)
    {
        list.Clear();
        var terms = operands[..(operands.Length / 2)];
        var places = operands[terms.Length..];
        AddTerms(ref MemoryMarshal.GetReference(list), list.Length, ref MemoryMarshal.GetReference(terms), 1,
            ref MemoryMarshal.GetReference(places), 1, terms.Length);
    }
}
