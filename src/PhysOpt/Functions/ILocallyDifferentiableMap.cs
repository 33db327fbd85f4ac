namespace PhysOpt.Functions;

/// <summary>A map whose own derivatives may not be had everywhere.</summary>
public interface ILocallyDifferentiableMap : IDifferentiableMap
{
    /// <summary>True when the derivatives can be asked for at x.</summary>
    /// <param name="x">The point, n components.</param>
    bool IsDifferentiableAt(Vector x);

    /// <summary>Why the derivatives could not be asked for when it was last tried, in words; null where there is no reason.</summary>
    string? WhyNotDifferentiable { get; }
}

/// <summary>A map without derivatives of its own that may become one with exact derivatives, by being recorded.</summary>
public interface ITraceableMap : IMap
{
    /// <summary>Records the map.</summary>
    /// <param name="at">Where: the record is checked here and nearby.</param>
    /// <param name="explain">Receives in words how the record was made, why there is none, and if it has to be given up later; null for
    /// nobody.</param>
    /// <returns>The same function with exact derivatives; null where it cannot be recorded.</returns>
    ITwiceDifferentiableMap? Trace(Vector at, Action<string>? explain);

    /// <summary>Why the latest <see cref="Trace"/> gave nothing, or had to be given up later; null where there is no reason.</summary>
    string? WhyNotTraced { get; }

    /// <summary>True where it is not traced because a trace gave something else than the map itself.</summary>
    bool IsContradicted => false;
}
