using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>Looks for a way down between kinks, where the gradient at one point tells nothing of those beside it.</summary>
/// <remarks>
/// In a valley whose sides meet at a kink, steps cross from side to side and shrink, and the curvature seen between them is as large as
/// one likes: a model promises nothing, while the floor of the valley goes down. Gradients are sampled around the point; the shortest
/// vector of their convex hull is nothing at a minimum, smooth or not, and otherwise a way down, as far as the floor is straight. Burke,
/// Lewis, Overton (2005), "A robust gradient sampling algorithm for nonsmooth, nonconvex optimization", with variables in units of their
/// sizes.
/// </remarks>
internal static class KinkProbe
{
    const int MostVariables = 20, Extra = 2; // samples beyond twice the variables
    const int Sections = 16; // of a line, each to two thirds

    const double PartOfKink = 0.3; // of how gradients differ over the largest radius

    // from far beyond the steps of differences, which mix slopes where they cross a kink, to where floors are straight
    static readonly double[] Radii = [1e-3, 1e-4, 1e-6];
    static readonly double[] Lengths = [10, 1, 0.2]; // of steps, in radii

    /// <summary>True where the loss is lower along the shortest vector of the gradients around a point.</summary>
    /// <param name="f">The objective.</param>
    /// <param name="at">The point.</param>
    /// <param name="sizes">The sizes of the variables.</param>
    /// <param name="least">How much lower it has to be, or ten times that where the gradients show no kink.</param>
    internal static bool IsLowerBetween(IObjective f, Point at, Vector sizes, double least)
    {
        if (at.X.Count > MostVariables) return false;
        var random = new Random(at.X.Count); // the same samples for every run
        var here = Scaled(at.Gradient);
        var around = Radii.Select(Samples).ToArray();
        var isKink = Spread(around[^1]) > PartOfKink * Spread(around[0]); // where it is smooth it goes with the radius
        for (var k = 0; k < Radii.Length; k++)
        {
            var shortest = ConvexHull.Shortest(around[k]);
            if (shortest.Norm is not (> 0 and var norm)) continue;
            var across = around[k].Select(each => each - here).MaxBy(each => each.Norm)!;
            foreach (var length in Lengths)
            {
                var ahead = Stepped(at.X, shortest, -length * Radii[k] / norm);
                if (IsLower(ahead)) return true;
                // the floor may turn aside: from wall to wall to its deepest place
                if (across.Norm > 0 && IsLower(Lowest(ahead, across, length * Radii[k] / across.Norm))) return true;
            }
        }

        return false;

        bool IsLower(Vector x) => at.Value - f.At(x).Value > (isKink ? least : 10 * least);

        Vector Stepped(Vector x, Vector way, double length) => f.Project(x + length * way.Zip(sizes, (each, size) => each * size));

        Vector Lowest(Vector x, Vector way, double length)
        {
            var (low, high) = (-length, length);
            for (var k = 0; k < Sections; k++)
            {
                var third = (high - low) / 3;
                if (f.At(Stepped(x, way, low + third)).Value < f.At(Stepped(x, way, high - third)).Value) high -= third;
                else low += third;
            }

            return Stepped(x, way, (low + high) / 2);
        }

        List<Vector> Samples(double radius)
        {
            List<Vector> gradients = [here];
            for (var k = 0; k < 2 * at.X.Count + Extra; k++)
            {
                var beside = f.At(f.Project(at.X.Zip(sizes, (x, size) => x + radius * size * (2 * random.NextDouble() - 1))));
                if (double.IsFinite(beside.Value) && beside.Gradient.IsFinite) gradients.Add(Scaled(beside.Gradient));
            }

            return gradients;
        }

        double Spread(List<Vector> gradients) => gradients.Max(each => (each - here).Norm);

        Vector Scaled(Vector gradient) => gradient.Zip(sizes, (slope, size) => slope * size);
    }
}
