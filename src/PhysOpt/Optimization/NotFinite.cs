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
    internal static string At(Point point, bool usesGradient, OptimizationProblem problem, string where)
    {
        if (First(point.X) is var i and >= 0)
            return $"{VariableWords.Component(i, problem.Variables)} of {where} {Became(point.X[i])}: the step is too long";
        if (point.Y is { } y && First(y) is var k and >= 0) return FormattableString.Invariant($"y[{k}] {Became(y[k])} at {where}");
        if (IsOverflowOfSquares(point, problem)) return $"the loss overflows at {where}: the squares of y are beyond 1.8e308";
        if (!double.IsFinite(point.Value)) return $"the loss {Became(point.Value)} at {where}";
        return usesGradient && First(point.Gradient) is var j and >= 0
            ? $"the slope in {VariableWords.Component(j, problem.Variables)} {Became(point.Gradient[j])} at {where}, where the loss is not"
            : $"nothing is known at {where}";
    }

    /// <summary>Which entry of a matrix of derivatives is not finite, as the end of a sentence.</summary>
    /// <param name="jacobian">The Jacobian, a row for each output.</param>
    /// <param name="x">Where that is.</param>
    internal static string Jacobian(Matrix jacobian, Vector x) =>
        Entry(jacobian, (row, column, became) => $"the slope of y[{row}] in x[{column}] {became}", x);

    /// <summary>Which entry of a Hessian is not finite, as the end of a sentence.</summary>
    /// <param name="hessian">The Hessian, or its product with a vector as one row.</param>
    /// <param name="x">Where that is.</param>
    internal static string Hessian(Matrix hessian, Vector x) =>
        Entry(hessian, (row, column, became) => $"the second derivative in x[{row}] and x[{column}] {became}", x);

    static string Entry(Matrix matrix, Func<int, int, string, string> words, Vector x)
    {
        for (var i = 0; i < matrix.RowCount; i++)
        {
            for (var j = 0; j < matrix.ColumnCount; j++)
            {
                if (!double.IsFinite(matrix[i, j])) return $"{words(i, j, Became(matrix[i, j]))} at {PointWords.Place(x, "G7")}";
            }
        }

        return $"the derivatives are not finite at {PointWords.Place(x, "G7")}";
    }

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
