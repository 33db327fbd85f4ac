namespace PhysOpt.Optimization.DerivativeFree;

/// <summary>
/// A search by values alone, as a conversation: it says where the next value is wanted, and is told it. What it does depends on nothing
/// but where it began and what it was told, to the bit.
/// </summary>
internal interface IValueSearch
{
    /// <summary>Where the next value is wanted; null where the search is over.</summary>
    Vector? Next();

    /// <summary>The value there; NaN where there is none.</summary>
    void Tell(double value);

    /// <summary>Why the search is over; Running before.</summary>
    TerminationReason Reason { get; }

    /// <summary>The same as the end of a sentence; null where the reason says it.</summary>
    string? Note { get; }
}
