using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Tests;

/// <summary>Right gradients are never taken for wrong ones, at kinks and in noise neither; wrong ones are; units play no part.</summary>
public class SlopeCheckTests
{
    const int Dimension = 3;

    /// <summary>A function of u = x / scale with its gradient.</summary>
    internal sealed record Case(Func<Vector, double> Value, Func<Vector, Vector> Gradient, Vector At);

    static readonly Gen<double> Signed = Gen.Select(Gen.Double[0.1, 2], Gen.Bool, (size, up) => up ? size : -size);

    static readonly Gen<Case> Smooth = Gen.Select(
        Signed.Array[Dimension].Array[3], Gen.Double[-3, 3].Array[3], Signed.Array[Dimension]).Select((waves, phases, at) =>
    {
        double Inner(int k, Vector u) => phases[k] + waves[k].Select((w, i) => w * u[i]).Sum();
        return new Case(
            u => double.Sin(Inner(0, u)) + double.Exp(Inner(1, u) / 3) + Inner(2, u) * Inner(2, u),
            u => new(Enumerable.Range(0, Dimension).Select(i => waves[0][i] * double.Cos(Inner(0, u))
                + waves[1][i] / 3 * double.Exp(Inner(1, u) / 3) + 2 * waves[2][i] * Inner(2, u))),
            new(at));
    });

    /// <summary>
    /// Sums of |.|, max and hinges with weights of either sign, plus a bowl, at a point where all of them are at their kink: whatever side
    /// a trace takes there is right.
    /// </summary>
    static readonly Gen<Case> Kinked = Gen.Select(
        Signed.Array[Dimension].Array[4], Signed.Array[4], Gen.Int[0, 2].Array[4], Gen.Bool.Array[4], Signed.Array[Dimension])
        .Select((normals, weights, kinds, sides, at) =>
        {
            double Distance(int k, Vector u) => normals[k].Select((w, i) => w * (u[i] - at[i])).Sum();
            double Kink(int k, double d) => kinds[k] switch
            {
                0 => double.Abs(d),
                1 => double.Max(d, 0.5 * d),
                _ => double.Max(0, d)
            };
            double Slope(int k, double d)
            {
                var right = d > 0 || (d == 0 && sides[k]);
                return kinds[k] switch
                {
                    0 => right ? 1 : -1,
                    1 => right ? 1 : 0.5,
                    _ => right ? 1 : 0
                };
            }

            return new Case(
                u => 1 + u.Dot(u) / 10 + Enumerable.Range(0, 4).Sum(k => weights[k] * Kink(k, Distance(k, u))),
                u => new(Enumerable.Range(0, Dimension).Select(i => u[i] / 5
                    + Enumerable.Range(0, 4).Sum(k => weights[k] * Slope(k, Distance(k, u)) * normals[k][i]))),
                new(at));
        });

    /// <summary>The verdict on the seeded direction and on a step, for x = scale u and L = amplitude f.</summary>
    internal static SlopeVerdict[] Verdicts(
        Case at, Vector scale, double amplitude, Func<Vector, Vector>? gradient = null, Vector? lower = null, Vector? upper = null,
        Action<Vector>? seen = null)
    {
        Vector U(Vector x) => new(x.Select((xi, i) => xi / scale[i]));
        Vector X(Vector u) => new(u.Select((ui, i) => ui * scale[i]));
        double F(Vector x)
        {
            seen?.Invoke(x);
            return amplitude * at.Value(U(x));
        }

        Vector G(Vector x) => new((gradient ?? at.Gradient)(U(x)).Select((gi, i) => amplitude * gi / scale[i]));
        var x = X(at.At);
        var sizes = VariableSizes.Of(x, null);
        var check = new SlopeCheck(F, G, sizes, lower, upper);
        Vector[] directions =
        [
            SlopeDirections.Seeded(x, sizes, lower, upper),
            SlopeDirections.OfStep(X(1e-9 * new Vector(1, -0.5, 0.25)), sizes)!,
        ];
        return [.. directions.Select(direction => check.Along(x, F(x), G(x), direction).Verdict)];
    }

    static readonly Vector Ones = new(1, 1, 1);

    [Fact]
    public void A_right_gradient_agrees() => Smooth.Sample(
        at => Assert.All(Verdicts(at, Ones, 1), verdict => Assert.Equal(SlopeVerdict.Agrees, verdict)), iter: Laws.Samples(1000));

    [Fact]
    public void A_gradient_that_is_wrong_in_one_component_contradicts() =>
        Gen.Select(Smooth, Gen.Int[0, Dimension - 1], Gen.Double[0.1, 1]).Sample((at, i, part) =>
        {
            var typical = at.Gradient(at.At).InfinityNorm;
            var verdicts = Verdicts(at, Ones, 1, u => at.Gradient(u).With(i, at.Gradient(u)[i] + part * typical));
            Assert.Equal(SlopeVerdict.Contradicts, verdicts[0]);
        }, iter: Laws.Samples(1000));

    [Fact]
    public void A_trace_that_is_flat_where_the_function_is_not_contradicts() => Smooth.Where(at => at.Gradient(at.At).Norm > 0.01).Sample(
        at => Assert.Contains(SlopeVerdict.Contradicts, Verdicts(at, Ones, 1, _ => Vector.Zero(Dimension))), iter: Laws.Samples(1000));

    [Fact]
    public void Kinks_at_the_point_are_no_contradiction() => Kinked.Sample(
        at => Assert.All(Verdicts(at, Ones, 1), verdict => Assert.NotEqual(SlopeVerdict.Contradicts, verdict)), iter: Laws.Samples(1000));

    [Fact]
    public void Kinks_beside_the_point_are_no_contradiction() => Gen.Select(Kinked, Gen.Double[-16, -2], Signed.Array[Dimension])
        .Sample((at, exponent, way) =>
        {
            var near = at with { At = at.At + double.Pow(10, exponent) * new Vector(way) };
            Assert.All(Verdicts(near, Ones, 1), verdict => Assert.NotEqual(SlopeVerdict.Contradicts, verdict));
        }, iter: Laws.Samples(1000));

    [Fact]
    public void The_verdict_depends_on_no_units() => Gen.Select(
        Smooth, Gen.Int[-40, 40].Array[Dimension], Gen.Int[-50, 50], Gen.Bool).Sample((at, exponents, amplitude, isWrong) =>
    {
        Func<Vector, Vector>? gradient = isWrong ? u => 1.1 * at.Gradient(u) : null;
        // powers of two from 1e-12 to 1e12 and 1e-15 to 1e15: the same to the bit
        Assert.Equal(
            Verdicts(at, Ones, 1, gradient),
            Verdicts(at, new(exponents.Select(k => double.ScaleB(1, k))), double.ScaleB(1, amplitude), gradient));
    }, iter: Laws.Samples(500));

    [Fact]
    public void Nor_on_units_that_round() => Gen.Select(
        Smooth, Gen.Double[-12, 12].Array[Dimension], Gen.Double[-15, 15]).Sample((at, exponents, amplitude) =>
    {
        var (scale, size) = (new Vector(exponents.Select(k => double.Pow(10, k))), double.Pow(10, amplitude));
        Assert.All(Verdicts(at, scale, size), verdict => Assert.Equal(SlopeVerdict.Agrees, verdict));
        Assert.Equal(SlopeVerdict.Contradicts, Verdicts(at, scale, size, _ => Vector.Zero(Dimension))[0]);
    }, iter: Laws.Samples(500));

    [Fact]
    public void Noise_of_the_function_is_no_contradiction() => Gen.Select(Smooth, Gen.Double[-14, -5]).Sample((at, exponent) =>
    {
        var noise = double.Pow(10, exponent);
        var noisy = at with
        {
            Value = u => at.Value(u) + noise * double.Sin(1e13 * (u[0] + 1.7 * u[1] - 2.3 * u[2])),
        };
        Assert.All(Verdicts(noisy, Ones, 1), verdict => Assert.NotEqual(SlopeVerdict.Contradicts, verdict));
    }, iter: Laws.Samples(1000));

    [Fact]
    public void Parts_that_cancel_are_no_contradiction() => Gen.Select(Smooth, Gen.Double[0, 12]).Sample((at, exponent) =>
    {
        var large = double.Pow(10, exponent);
        var cancelling = at with { Value = u => large + at.Value(u) - large };
        Assert.All(Verdicts(cancelling, Ones, 1), verdict => Assert.NotEqual(SlopeVerdict.Contradicts, verdict));
    }, iter: Laws.Samples(1000));

    [Fact]
    public void No_value_outside_the_bounds_is_asked_for_and_the_verdict_is_right_beside_them() =>
        Gen.Select(Smooth, Gen.Int[0, 4].Array[Dimension], Gen.Bool).Sample((at, places, isWrong) =>
        {
            // in a corner, on a face, close to one, or in the middle
            double[] room = [0, 1e-12, 1e-7, 0.1, double.PositiveInfinity];
            var lower = new Vector(at.At.Select((u, i) => i == 1 ? u - 5 : u - room[places[i]]));
            var upper = new Vector(at.At.Select((u, i) => i == 1 ? u + room[places[i]] : u + 5));
            var verdicts = Verdicts(at, Ones, 1, isWrong ? u => at.Gradient(u) + 0.5 * at.Gradient(u).Norm * Ones : null, lower, upper,
                x => Assert.True(x.Clamp(lower, upper).Equals(x)));
            if (!isWrong) Assert.All(verdicts, verdict => Assert.NotEqual(SlopeVerdict.Contradicts, verdict));
        }, iter: Laws.Samples(1000));

    [Fact]
    public void In_a_corner_a_wrong_gradient_contradicts() => Smooth.Where(at => at.Gradient(at.At).Norm > 0.01).Sample(at => Assert.Equal(
        SlopeVerdict.Contradicts, Verdicts(at, Ones, 1, u => -at.Gradient(u), at.At, at.At + Ones)[0]), iter: Laws.Samples(500));

    [Fact]
    public void A_function_without_values_beside_the_point_decides_nothing()
    {
        var root = new Case(u => double.Sqrt(-u.Dot(u) * 0 - double.Abs(u[0] - 1)), _ => Ones, new(1, 1, 1));
        Assert.All(Verdicts(root, Ones, 1), verdict => Assert.Equal(SlopeVerdict.Undecided, verdict));
    }

    [Fact]
    public void The_edge_of_the_range_is_looked_at_from_inside()
    {
        var edge = new Case(u => double.Pow(u[0] - 1, 1.5) + u[1] + u[2],
            u => new(1.5 * double.Sqrt(u[0] - 1), 1, 1), new(1, 1, 1));
        Assert.All(Verdicts(edge, Ones, 1), verdict => Assert.NotEqual(SlopeVerdict.Contradicts, verdict));
    }

    [Fact]
    public void Sizes_come_from_x_or_from_the_way_to_it()
    {
        Assert.Equal(new(2e-10, 3, 3), VariableSizes.Of(new(2e-10, 3, 0), null));
        Assert.Equal(new(5, 3, 1e-3), VariableSizes.Of(new(0, 3, 0), new(-5, 3, 1e-3)));
        Assert.Equal(new(1, 1), VariableSizes.Of(new(0, 0), null));
        Assert.Null(SlopeDirections.OfStep(Vector.Zero(2), new(1, 1)));
    }
}
