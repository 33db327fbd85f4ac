namespace PhysOpt.LinearAlgebra;

/// <summary>The boundary of a trust region.</summary>
internal static class Boundary
{
    /// <summary>The t > 0 with |p + t d| = radius, for |p| at most the radius.</summary>
    internal static double Reach(Vector p, Vector d, double radius)
    {
        // t^2 + 2 b t - c = 0 in units of radius/|d|, with c >= 0: large radii have squares that overflow
        var (length, inside) = (d.Norm, p.Norm / radius);
        var (b, c) = (p.Dot(d) / length / radius, (1 - inside) * (1 + inside));
        var root = double.Sqrt(b * b + c);
        return (b > 0 ? c / (b + root) : root - b) * radius / length;
    }
}
