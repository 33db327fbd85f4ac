namespace PhysOpt;

/// <summary>Where derivatives come from.</summary>
public enum DerivativeSource
{
    /// <summary>Exact derivatives where they are known, finite differences elsewhere.</summary>
    Auto,

    /// <summary>Exact derivatives only: a function that has none is an error.</summary>
    Traced,

    /// <summary>Central finite differences, also where exact derivatives are known.</summary>
    FiniteDifference,
}
