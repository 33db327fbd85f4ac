using System.Reflection.Emit;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>What is left of a after the whole multiples of b towards zero, a % b.</summary>
    internal static Operation Remainder => RemainderOperation.Instance;
}

/// <inheritdoc cref="Operation.Remainder"/>
internal sealed class RemainderOperation() : Binary<RemainderOperation.Form>(nameof(Remainder))
{
    internal static readonly Operation Instance = new RemainderOperation();

    /// <summary>Smaller than b, and no larger than a, which has its sign.</summary>
    internal override Extent ExtentOf(Extent a, Extent b)
    {
        var isWhole = a.IsWhole && b.IsWhole;
        var size = double.Min(a.Size, isWhole ? b.Size - 1 : b.Size);
        return new(a.Low >= 0 ? 0 : -size, a.High <= 0 ? 0 : size, isWhole);
    }

    internal override bool IsAbrupt(int side) => true;

    internal override (string Symbol, int Binding) Notation => ("%", 2);

    internal override bool IsUnit(int side) => side == 0;

    /// <summary>
    /// 1 to a, and minus the whole quotient to b, at its jumps too: from the exact remainder, for a / b itself may round up to a
    /// whole number.
    /// </summary>
    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) =>
        side == 0 ? w : g.Negate(g.Multiply(w, g.Apply(Round, g.Divide(g.Subtract(a, node), b))));

    internal override void Write(ILGenerator code) => code.Emit(OpCodes.Rem);

    internal readonly struct Form : IBinaryForm
    {
        public static double Of(double a, double b) => a % b;
    }
}
