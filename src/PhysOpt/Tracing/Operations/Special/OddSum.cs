namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>
    /// a + b rounded to odd: the sum where it is exact, otherwise of the two doubles beside it the one whose last bit is 1.
    /// </summary>
    internal static Operation OddSum => OddSumOperation.Instance;
}

/// <inheritdoc cref="Operation.OddSum"/>
/// <remarks>
/// A further sum that is rounded to nearest is then right as if it had been rounded once. Boldo and Melquiond (2008).
/// </remarks>
internal sealed class OddSumOperation() : Binary<OddSumOperation.Form>(nameof(OddSum))
{
    internal static readonly Operation Instance = new OddSumOperation();

    internal override bool IsCommutative => true;

    internal override bool IsUnit(int side) => true;

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) => w;

    internal readonly struct Form : IBinaryForm
    {
        public static double Of(double a, double b)
        {
            var sum = a + b;
            var error = SumErrorOperation.Form.Of(a, b);
            var bits = BitConverter.DoubleToInt64Bits(sum);
            if (error == 0 || (bits & 1) != 0 || !double.IsFinite(sum)) return sum;
            return error > 0 ? double.BitIncrement(sum) : double.BitDecrement(sum);
        }
    }
}
