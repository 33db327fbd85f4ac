namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>log(1 + a), to the last digits where a is small.</summary>
    internal static Operation Log1p => Log1pOperation.Instance;
}

/// <inheritdoc cref="Operation.Log1p"/>
internal sealed class Log1pOperation() : Unary<Log1pOperation.Form>(nameof(Log1p))
{
    internal static readonly Operation Instance = new Log1pOperation();

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Divide(w, g.Add(g.Constant(1), a));

    internal readonly struct Form : IUnaryForm
    {
        /// <remarks>The logarithm of the rounded 1 + a, and the slope there times what rounding took.</remarks>
        public static double Of(double a)
        {
            var sum = 1 + a;
            if (a == 0 || !(sum > 0) || double.IsPositiveInfinity(a)) return a == 0 ? a : double.Log(sum);
            return double.Log(sum) + (double.Abs(a) > 1 ? 1 - (sum - a) : a - (sum - 1)) / sum;
        }
    }
}
