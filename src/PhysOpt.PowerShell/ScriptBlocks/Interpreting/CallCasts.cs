namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// The types that a call casts to where target and arguments stand. PowerShell chooses overloads by them: [Math]::Max(0.7, [int]0) is 1,
/// [Math]::Max(0.7, $zero) is 0.7, and ([object]'abc').ToString() is System.String.
/// </summary>
/// <param name="Target">The type of the target's cast, or null.</param>
/// <param name="Arguments">The types of the arguments' casts, null where there is none.</param>
internal sealed record CallCasts(Type? Target, IReadOnlyList<Type?> Arguments)
{
    /// <summary>The type that an argument is cast to, or null.</summary>
    internal Type? Of(int argument) => argument < Arguments.Count ? Arguments[argument] : null;
}
