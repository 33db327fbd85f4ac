namespace PhysOpt.LinearAlgebra;

/// <summary>Plane rotations. Golub and Van Loan (2013), section 5.1.8.</summary>
internal static class Givens
{
    /// <summary>The cosine and sine that take (a, b) to (r, 0). Golub and Van Loan (2013), algorithm 5.1.3.</summary>
    internal static (double Cosine, double Sine) Rotation(double a, double b)
    {
        if (double.Abs(b) > double.Abs(a))
        {
            var ratio = a / b;
            var sine = 1 / double.Sqrt(1 + ratio * ratio);
            return (sine * ratio, sine);
        }

        var other = b / a;
        var cosine = 1 / double.Sqrt(1 + other * other);
        return (cosine, cosine * other);
    }
}
