namespace PhysOpt.Optimization;

/// <summary>What is not known of a record that was read from a row of a file.</summary>
[Flags]
internal enum UnknownParts : byte
{
    /// <summary>Everything is known.</summary>
    None = 0,

    /// <summary>The loss.</summary>
    Loss = 1,

    /// <summary>The evaluations.</summary>
    Evaluations = 2,

    /// <summary>The time.</summary>
    Elapsed = 4,

    /// <summary>Whether the run ended, and why.</summary>
    Status = 8,
}
