using CsCheck;
using PhysOpt.Functions;

namespace PhysOpt.Tests;

public class DifferenceStencilTests
{
    // A box of any width around a point, from so narrow that only a few numbers fit in to wider than any step; the point may lie on its
    // edge.
    static readonly Gen<(double X, double Lower, double Upper)> Boxes = Gen.Select(
        Gen.Double[-10, 10], Gen.Double[-14, 1], Gen.OneOf(Gen.Double[0, 1], Gen.Const(0.0), Gen.Const(1.0)), (x, logarithm, share) =>
        {
            var width = double.Pow(10, logarithm);
            return (x, x - share * width, x + (1 - share) * width);
        });

    static double Moment(DifferenceStencil stencil, int order) =>
        stencil.Offsets.Zip(stencil.Weights, (offset, weight) => weight * double.Pow(offset, order)).Sum();

    static double Size(DifferenceStencil stencil, int order) =>
        stencil.Offsets.Zip(stencil.Weights, (offset, weight) => double.Abs(weight * double.Pow(offset, order))).Sum()
            + (order == 0 ? double.Abs(stencil.Centre) : 0);

    [Fact]
    public void First_derivatives_are_of_second_order_wherever_the_bounds_are() => EachStencil(box =>
    {
        var stencil = DifferenceStencil.First(box.X, box.Lower, box.Upper,
            DifferenceStencil.FirstDerivativeStep * double.Max(1, double.Abs(box.X)));
        if (stencil.Offsets.Length == 0) return false;
        Near.Absolute(0, stencil.Centre + Moment(stencil, 0), 1e-15 * Size(stencil, 0), "constant");
        Near.Absolute(1, Moment(stencil, 1), 1e-15 * Size(stencil, 1), "linear");
        Near.Absolute(0, Moment(stencil, 2), 1e-15 * Size(stencil, 2), "quadratic");
        return true;
    });

    [Fact]
    public void Second_derivatives_are_of_second_order_wherever_the_bounds_are() => EachStencil(box =>
    {
        var stencil = DifferenceStencil.Second(box.X, box.Lower, box.Upper,
            DifferenceStencil.SecondDerivativeStep * double.Max(1, double.Abs(box.X)));
        if (stencil.Offsets.Length == 0) return false;
        Near.Absolute(0, stencil.Centre + Moment(stencil, 0), 1e-15 * Size(stencil, 0), "constant");
        Near.Absolute(0, Moment(stencil, 1), 1e-15 * Size(stencil, 1), "linear");
        Near.Absolute(2, Moment(stencil, 2), 2e-15 * Size(stencil, 2), "quadratic");
        Near.Absolute(0, Moment(stencil, 3), 1e-15 * Size(stencil, 3), "cubic");
        return true;
    });

    /// <summary>Checks the stencils of random boxes, nearly all of which have room for one.</summary>
    /// <param name="check">False where the box has no room.</param>
    static void EachStencil(Func<(double X, double Lower, double Upper), bool> check)
    {
        var (seen, empty) = (0, 0);
        Boxes.Sample(box => { Interlocked.Increment(ref check(box) ? ref seen : ref empty); });
        Assert.True(seen > 10 * empty, $"{empty} of {seen + empty} boxes had no room");
    }

    [Fact]
    public void No_evaluation_lies_outside_the_bounds() => Gen.Select(Boxes, Boxes).Sample(
        (first, second) =>
        {
            var (lower, upper) = (new Vector(first.Lower, second.Lower), new Vector(first.Upper, second.Upper));
            var watch = new Watch();
            var map = new FiniteDifferenceMap(
                watch.Values(DelegateMap.Scalar(x => x[0] * x[0] * x[1] + x[1])), lower, upper);
            var at = new Vector(first.X, second.X);
            var value = map.Evaluate(at);
            map.VectorJacobianProduct(at, value, new(1));
            map.WeightedHessian(at, value, new(1));
            foreach (var x in watch.Points)
            {
                for (var i = 0; i < 2; i++)
                    Assert.True(x[i] >= lower[i] && x[i] <= upper[i],
                        FormattableString.Invariant($"{x[i]:R} outside [{lower[i]:R}, {upper[i]:R}] from {at[i]:R}"));
            }
        },
        iter: Laws.Samples(2000));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 1.000001)]
    [InlineData(0.999999, 1)]
    public void At_a_bound_derivatives_are_as_accurate_as_elsewhere(double lower, double upper)
    {
        var map = new FiniteDifferenceMap(
            DelegateMap.Scalar(x => double.Exp(x[0]) * x[1] * x[1]), new(lower, lower), new(upper, upper));
        var at = new Vector(1, 1);
        var value = map.Evaluate(at);
        var room = double.Min(upper - lower, 1e-4);
        // eps |f| / h and eps |f| / h^2 with h the room there is, or the usual step
        Near.Absolute(new Vector(double.E, 2 * double.E), map.VectorJacobianProduct(at, value, new(1)), 1e-9 + 2e-14 / room);
        var hessian = map.WeightedHessian(at, value, new(1));
        if (upper - lower > 0.1)
            Near.Absolute(new Matrix(new[,] { { double.E, 2 * double.E }, { 2 * double.E, 2 * double.E } }), hessian, 2e-6);
    }

    [Fact]
    public void A_variable_without_room_has_the_derivative_zero_and_costs_nothing()
    {
        var watch = new Watch();
        var map = new FiniteDifferenceMap(
            watch.Values(DelegateMap.Scalar(x => x[0] * x[0] * x[1])), new(2, double.NegativeInfinity), new(2, double.PositiveInfinity));
        Near.Absolute(new Vector(0, 4), map.VectorJacobianProduct(new(2, 3), new(12), new(1)), 1e-9);
        Assert.Equal(2, watch.Points.Count);
        Near.Absolute(Matrix.Diagonal(0, 0), map.WeightedHessian(new(2, 3), new(12), new(1)), 1e-6);
        Assert.All(watch.Points, x => Assert.Equal(2, x[0]));
    }

    [Fact]
    public void Bounds_that_are_far_away_change_nothing()
    {
        var f = DelegateMap.Scalar(x => double.Sin(x[0]) * double.Exp(x[1]));
        var free = new FiniteDifferenceMap(f);
        var boxed = new FiniteDifferenceMap(f, new(-9, -9), new(9, 9));
        Vector at = new(0.3, 0.4), value = f.Evaluate(at);
        Near.Absolute(free.Jacobian(at, value), boxed.Jacobian(at, value), 0);
        Near.Absolute(free.WeightedHessian(at, value, new(1)), boxed.WeightedHessian(at, value, new(1)), 0);
    }
}
