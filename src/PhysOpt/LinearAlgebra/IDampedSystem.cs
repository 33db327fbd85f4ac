namespace PhysOpt.LinearAlgebra;

/// <summary>The q that minimises |r + A q|^2 + lambda |q|^2, for an A of n columns about as long as 1, and lengths around it.</summary>
internal interface IDampedSystem
{
    /// <summary>q at lambda = 0, n components; the shortest where A does not have full rank.</summary>
    Vector Undamped { get; }

    /// <summary>True where A has full rank.</summary>
    bool HasFullRank { get; }

    /// <summary>|A'r|.</summary>
    double SlopeLength { get; }

    /// <summary>|R'^-1 q| of the undamped q, with R'R = A'A, where A has full rank.</summary>
    double UndampedTransposed { get; }

    /// <summary>q at a lambda above 0.</summary>
    Vector Damped(double lambda);

    /// <summary>|q| of the latest damped q.</summary>
    double DampedLength { get; }

    /// <summary>|R'^-1 q| of the latest damped q, with R'R = A'A + lambda I.</summary>
    double DampedTransposed { get; }
}
