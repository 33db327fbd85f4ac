using PhysOpt.Tracing;

using static PhysOpt.Math;
using static PhysOpt.Tests.Problems.Recorded;

namespace PhysOpt.Tests.Problems;

/// <summary>The small physics of the inverse-problem literature: a wave control, a rotated sine, a scaled parabola, a logarithm.</summary>
internal static class PhysicsProblems
{
    internal static IReadOnlyList<ReferenceProblem> All { get; } =
    [
        new(Runs.ThreeSpaces, 0), Oscillators(), RotatedSine(1), RotatedSine(32), Scaled(10),
            Scalar("Logarithm", [0.5], x => x[0] - Log(x[0]), 1),
    ];

    /// <summary>
    /// Two masses on springs under 24 controls of the last one, Runge-Kutta steps of 1/2: back to the start. Fewer residuals than unknowns.
    /// </summary>
    static ReferenceProblem Oscillators()
    {
        double[] start = [0.5, 0.25, 0.75, 0.1];
        return Least("Oscillators", new double[24], u =>
            u.Aggregate(start.Select(s => (TracedNumber)s).ToArray(), Advance).Zip(start, (s, t) => s - t));

        static TracedNumber[] Advance(TracedNumber[] s, TracedNumber control)
        {
            const double H = 0.5;
            var k1 = Slope(s);
            var k2 = Slope(Add(s, H / 2, k1));
            var k3 = Slope(Add(s, H / 2, k2));
            var k4 = Slope(Add(s, H, k3));
            return [.. s.Select((value, i) => value + H / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]))];

            TracedNumber[] Slope(TracedNumber[] z) => [z[2], z[3], 0.2 * (z[1] - z[0]) - z[0], 0.2 * (z[0] - z[1]) - z[1] + control];
        }

        static TracedNumber[] Add(TracedNumber[] s, double h, TracedNumber[] k) => [.. s.Zip(k, (a, b) => a + h * b)];
    }

    static ReferenceProblem RotatedSine(double scale)
    {
        var (sine, cosine) = double.SinCos(double.Pi / 12);
        return Least($"RotatedSine{scale}", [2, -1], x =>
            [Sin((cosine * x[0] - sine * x[1]) / scale) - 0.3, scale * (sine * x[0] + cosine * x[1]) + 0.5]);
    }

    static ReferenceProblem Scaled(double a) => Least("Scaled", [3, 3], x => [x[0], a * x[1]]);
}
