namespace PhysOpt.Tracing.Recording;

/// <summary>How two numbers compared while a script ran.</summary>
internal enum Relation : byte
{
    Less,
    Equal,
    Greater,

    /// <summary>The answer to "are they equal?" was no: less, greater, or one of them is NaN.</summary>
    Unequal,
}

/// <summary>A comparison that a script made on its way: the trace is right for every x at which it turns out the same.</summary>
/// <param name="Left">The node (or register of a tape) on the left.</param>
/// <param name="Right">The node (or register) on the right; constants are nodes too.</param>
/// <param name="Relation">How they compared at the traced point.</param>
internal readonly record struct Guard(int Left, int Right, Relation Relation)
{
    /// <summary>True when a and b compare as they did at the traced point; never for NaN, but under Unequal.</summary>
    internal bool Holds(double a, double b) => Relation switch
    {
        Relation.Less => a < b,
        Relation.Equal => a == b,
        Relation.Greater => a > b,
        _ => a != b,
    };

    /// <summary>The relation as one character, for the signature of a branch.</summary>
    internal char Symbol => "<=>!"[(int)Relation];
}
