using PhysOpt.Functions;
using PhysOpt.Problems;

namespace PhysOpt.Optimization;

/// <summary>What is NaN or infinite where a run finds no usable value, in words: the first of x, y, the loss and the gradient.</summary>
internal static class NotFinite
{
    /// <summary>Why a point cannot be used, as the end of a sentence.</summary>
    /// <param name="point">The point.</param>
    /// <param name="usesGradient">True where its gradient matters.</param>
    /// <param name="problem">The problem, for the names of variables.</param>
    /// <param name="where">"the start" or "the next point".</param>
    /// <param name="parts">The functions, which may tell by which operation it came; null where they are not known.</param>
    internal static string At(Point point, bool usesGradient, OptimizationProblem problem, string where, TracedParts? parts)
    {
        var (x, y) = (point.X, point.Y);
        if (First(x) is var i and >= 0) return $"{OfX(i)} of {where} {Became(x[i])}: the step is too long";
        if (y is not null && First(y) is var k and >= 0)
            return Said($"{OfY(k)} {{0}} at {where}", y[k], parts?.Physics?.Explained?.NotFinite(x)?.Sentence(OfX));
        if (IsOverflowOfSquares(point, problem)) return $"the loss overflows at {where}: the squares of y are beyond 1.8e308";
        if (!double.IsFinite(point.Value))
        {
            return Said($"the loss {{0}} at {where}", point.Value,
                parts?.Loss.Explained?.NotFinite(y ?? x)?.Sentence(y is null ? OfX : OfY));
        }

        if (!usesGradient || First(point.Gradient) is not (>= 0 and var j)) return $"nothing is known at {where}";
        return Said($"the slope in {OfX(j)} {{0}} at {where}, where the loss is not", point.Gradient[j],
            parts?.Loss.Explained?.NoSlope(y ?? x)?.Sentence(y is null ? OfX : OfY)
                ?? parts?.Physics?.Explained?.NoSlope(x)?.Sentence(OfX));

        string OfX(int i) => VariableWords.Component(i, problem.Variables);

        static string OfY(int i) => FormattableString.Invariant($"y[{i}]");
    }

    /// <summary>What a number became, with the operation where that is known, and otherwise with what it may have been.</summary>
    static string Said(string sentence, double value, string? culprit) => culprit is null
        ? sentence.Replace("{0}", Became(value), StringComparison.Ordinal)
        : $"{sentence.Replace("{0}", double.IsNaN(value) ? "is NaN" : value > 0 ? "is infinite" : "is minus infinity", StringComparison.Ordinal)}: {culprit}";

    /// <summary>Which entry of a matrix of derivatives is not finite, as the end of a sentence.</summary>
    /// <param name="jacobian">The Jacobian, a row for each output.</param>
    /// <param name="x">Where that is.</param>
    internal static string Jacobian(LinearAlgebra.IJacobian jacobian, Vector x) =>
        Entry(jacobian.FirstNotFinite(), (row, column, became) => $"the slope of y[{row}] in x[{column}] {became}", x);

    /// <summary>Which entry of a Hessian is not finite, as the end of a sentence.</summary>
    /// <param name="hessian">The Hessian, or its product with a vector as one row.</param>
    /// <param name="x">Where that is.</param>
    internal static string Hessian(Matrix hessian, Vector x) =>
        Entry(hessian.FirstNotFinite(), (row, column, became) => $"the second derivative in x[{row}] and x[{column}] {became}", x);

    static string Entry((int Row, int Column, double Value)? entry, Func<int, int, string, string> words, Vector x) =>
        $"{(entry is var (i, j, value) ? words(i, j, Became(value)) : "the derivatives are not finite")} at {PointWords.Place(x, "G7")}";

    /// <summary>A sum of squares of finite numbers is infinite for one reason alone.</summary>
    static bool IsOverflowOfSquares(Point point, OptimizationProblem problem) =>
        double.IsPositiveInfinity(point.Value) && point.Y is { IsFinite: true } && problem.Loss is SquaredDistance;

    static string Became(double value) => double.IsNaN(value) ? "is NaN"
        : value > 0 ? "is infinite (an overflow, or a division by zero)" : "is minus infinity (an overflow, or a logarithm of zero)";

    static int First(Vector values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i])) return i;
        }

        return -1;
    }
}
