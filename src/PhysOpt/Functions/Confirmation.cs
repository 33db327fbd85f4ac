namespace PhysOpt;

/// <summary>What the function itself, as the user wrote it, has confirmed of the trace that ran in its place.</summary>
public enum Confirmation
{
    /// <summary>
    /// Nothing. No trace was in use, so that the function itself has answered and nothing had to be confirmed; or the search was stopped
    /// before the function could be asked.
    /// </summary>
    None,

    /// <summary>The value at the point.</summary>
    Value,

    /// <summary>The value at the point, and the slope there as far as differences of the function can tell it.</summary>
    Slope,
}
