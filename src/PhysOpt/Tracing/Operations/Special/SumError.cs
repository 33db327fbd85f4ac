namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>
    /// What rounding took from a + b: the exact sum is the rounded one and this. -0.0, which changes no sum, where it took nothing
    /// or the sum is not finite.
    /// </summary>
    internal static Operation SumError => SumErrorOperation.Instance;
}

/// <inheritdoc cref="Operation.SumError"/>
/// <remarks>
/// Knuth (1969), section 4.2.2, theorem B.
/// </remarks>
internal sealed class SumErrorOperation() : Binary<SumErrorOperation.Form>(nameof(SumError))
{
    internal static readonly Operation Instance = new SumErrorOperation();

    internal override bool IsCommutative => true;

    internal override bool IsDifferentiable(int side) => false;

    internal readonly struct Form : IBinaryForm
    {
        public static double Of(double a, double b)
        {
            var sum = a + b;
            var part = sum - a;
            var error = a - (sum - part) + (b - part);
            return double.IsFinite(sum) && error != 0 ? error : -0.0;
        }
    }
}
