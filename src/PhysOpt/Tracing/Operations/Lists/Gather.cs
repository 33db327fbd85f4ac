using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>
    /// Number b of list a: b is whole, counted from 0, or from the end where it is negative, as PowerShell counts; NaN outside of the
    /// list, where a record does not hold. The slope is that of the number chosen; that to b is 0, at the jumps too.
    /// </summary>
    internal static Operation Gather => GatherOperation.Instance;
}

/// <inheritdoc cref="Operation.Gather"/>
internal sealed class GatherOperation() : Operation(nameof(Gather), 2, readsList: true)
{
    internal static readonly Operation Instance = new GatherOperation();

    internal override bool IsAbrupt(int side) => side == 1;

    internal override bool IsDifferentiable(int side) => side == 0;

    internal override bool IsUnit(int side) => side == 0;

    /// <summary>Where in a list of this length the number of an index is; -1 where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int PlaceOf(double index, int length)
    {
        var k = (int)index;
        var place = k < 0 ? k + length : k;
        return k == index && (uint)place < (uint)length ? place : -1;
    }

    /// <summary>The number of a list that starts here; NaN where there is none.</summary>
    internal static double Of(ref double list, int length, double index) =>
        PlaceOf(index, length) is var place && place < 0 ? double.NaN : Unsafe.Add(ref list, place);

    internal override double Evaluate(double a, double b) => throw new InvalidOperationException($"{Name} reads a list and no number.");

    internal override unsafe void Evaluate(double* target, double* a, nint stepA, double* b, nint stepB, int count) => Evaluate(0, 0);

    internal override bool IsInside(int length, double index) => PlaceOf(index, length) >= 0;

    internal override double Evaluate(ReadOnlySpan<double> list, double index) =>
        Of(ref MemoryMarshal.GetReference(list), list.Length, index);

    /// <summary>In forward mode w is the list of tangents.</summary>
    internal override int Times(Nodes g, int w, int node, int side) => g.Apply(this, w, g[node].B);

    /// <summary>A known number of a list of known numbers is that number.</summary>
    internal override int Simplify(Nodes g, int a, int b)
    {
        if (!g.IsConstant(b)) return g.Append(this, a, b);
        var place = PlaceOf(g.ConstantOf(b), g.LengthOf(a));
        return place < 0 ? g.Append(this, a, b)
            : g[a].Operation.HoldsOperands ? g.OperandsOf(a)[place]
            : g.Append(this, a, g.Constant(place));
    }

    /// <remarks>On the stack: the address of the list, its length, the index.</remarks>
    internal override void Write(ILGenerator code) =>
        code.Emit(OpCodes.Call, typeof(GatherOperation).GetMethod(nameof(Of), NonPublicStatic)!);

    internal override void Write(IVectorWriter writer) => writer.FromList(this);
}
