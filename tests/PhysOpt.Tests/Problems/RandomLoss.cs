using System.Globalization;
using PhysOpt.Functions;
using PhysOpt.Tracing;

namespace PhysOpt.Tests.Problems;

/// <summary>
/// A loss that nobody wrote: sums and products of random combinations of the variables, and exp, log, roots, poles, tanh, atan and sin of
/// them, from a random start, with or without bounds, as a loss or as a residual, with values alone, slopes, or second derivatives.
/// </summary>
/// <param name="Problem">The problem.</param>
/// <param name="Text">What is in it.</param>
/// <param name="IsResidual">True where the loss is the square of what is written.</param>
internal sealed record RandomLoss(OptimizationProblem Problem, string Text, bool IsResidual)
{
    /// <summary>The loss by its number; null where it is no number at its start.</summary>
    internal static RandomLoss? Of(int seed) => new Writer(new(seed)).Written();

    sealed class Writer(Random random)
    {
        static readonly double[] factors = [1, -1, 2, 0.5, -0.3, 3, 10, 0.1];
        static readonly double[] starts = [0, 1, -1, 0.3, 2, 5, -3, 10];
        static readonly string[] kinds = ["values", "slopes", "second derivatives"];
        readonly int count = random.Next(1, 4);

        internal RandomLoss? Written()
        {
            var (text, f) = Term(4);
            double[] start = [.. Enumerable.Range(0, count).Select(_ => Any(starts))];
            var (known, isResidual, isBounded) = (random.Next(3), random.Next(3) == 0, random.Next(4) == 0);
            text = string.Create(CultureInfo.InvariantCulture, $"{text} from {string.Join(' ', start)} by {kinds[known]}")
                + (isResidual ? ", squared" : "") + (isBounded ? ", bounded" : "");
            var traced = Recorded.Function(start, x => [f(x)]);
            if (!double.IsFinite(traced.Evaluate(new(start))[0])) return null;
            IMap map = (known, isResidual) switch
            {
                (0, _) => DelegateMap.Create(x => traced.Evaluate(x)),
                (1, false) => DelegateMap.Scalar(x => traced.Evaluate(x)[0], x => traced.Jacobian(x, traced.Evaluate(x)).Row(0)),
                (1, true) => DelegateMap.Create(x => traced.Evaluate(x), x => traced.Jacobian(x, traced.Evaluate(x))),
                _ => traced,
            };
            OptimizationProblem problem = isResidual ? new("random", map, new SquaredDistance(), new Vector(start))
                : new("random", null, map, new Vector(start));
            if (isBounded) problem = problem.WithBounds(new(start.Select(x => x - 1)), new(start.Select(x => x + 3)));
            return new(problem, text, isResidual);
        }

        T Any<T>(params T[] all) => all[random.Next(all.Length)];

        (string Text, Func<TracedNumber[], TracedNumber> F) Term(int depth)
        {
            if (depth == 0 || random.Next(6) == 0)
            {
                var (i, a, b) = (random.Next(count), Any(factors), Any(0, 0, 1, -1, -2));
                return (string.Create(CultureInfo.InvariantCulture, $"({a} x{i} + {b})"), x => a * x[i] + b);
            }

            var (text, f) = Term(depth - 1);
            if (random.Next(2) == 0)
            {
                var (other, g) = Term(depth - 1);
                return random.Next(3) < 2 ? ($"({text} + {other})", x => f(x) + g(x)) : ($"{text} {other}", x => f(x) * g(x));
            }

            return random.Next(9) switch
            {
                0 => ($"1/{text}", x => 1.0 / f(x)),
                1 => ($"exp {text}", x => Math.Exp(f(x))),
                2 => ($"log {text}", x => Math.Log(f(x))),
                3 => ($"sqrt {text}", x => Math.Sqrt(f(x))),
                4 => ($"tanh {text}", x => Math.Tanh(f(x))),
                5 => ($"atan {text}", x => Math.Atan(f(x))),
                6 => ($"sin {text}", x => Math.Sin(f(x))),
                _ => ($"{text}^2", x => f(x) * f(x)),
            };
        }
    }
}
