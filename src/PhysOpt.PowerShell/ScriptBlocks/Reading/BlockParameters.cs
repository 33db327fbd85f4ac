using System.Management.Automation;
using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>
/// What a block says of its arguments: its parameters, and by which names it reads one of them ($p.speed, $p['speed']).
/// </summary>
internal sealed class BlockParameters
{
    /// <summary>What arrays and dictionaries have by themselves: reading it asks for no variable.</summary>
    static readonly string[] OfCollections =
    [
        "Count", "Length", "LongLength", "Rank", "Keys", "Values", "SyncRoot", "IsReadOnly", "IsFixedSize", "IsSynchronized", "psobject",
            "pstypenames", "psbase",
    ];

    readonly Ast script;

    /// <param name="block">The block, or a function's.</param>
    internal BlockParameters(ScriptBlock block)
    {
        script = block.Ast;
        var function = script as FunctionDefinitionAst;
        var body = script as ScriptBlockAst ?? function!.Body;
        All = [.. (function?.Parameters ?? body.ParamBlock?.Parameters ?? Enumerable.Empty<ParameterAst>()).Select(parameter =>
            new Parameter(parameter))];
        if (All.Count == 0 && ParameterUse.IsItem(script)) All = [Parameter.Item];
        Position = ScriptPosition.Of(block);
    }

    /// <summary>A parameter, or what stands for the only one.</summary>
    internal sealed class Parameter
    {
        /// <summary>$_ of a block without parameters.</summary>
        internal static readonly Parameter Item = new();

        internal Parameter(ParameterAst syntax)
        {
            Name = syntax.Name.VariablePath.UserPath;
            IsOptional = syntax.DefaultValue is not null
                || IsOfType(syntax, "switch", "SwitchParameter", "System.Management.Automation.SwitchParameter");
            IsHashtable = IsOfType(syntax, "hashtable", "System.Collections.Hashtable");
        }

        Parameter() => Name = "_";

        /// <summary>Its name, without the $.</summary>
        internal string Name { get; }

        /// <summary>True where a call may leave it out: it has a default value, or is a switch.</summary>
        internal bool IsOptional { get; }

        /// <summary>True for a parameter of type [hashtable], which takes no other dictionary.</summary>
        internal bool IsHashtable { get; }

        /// <summary>True for a variable of its name.</summary>
        internal bool IsNameOf(VariableExpressionAst variable) =>
            VariableName.Of(variable).Equals(Name, StringComparison.OrdinalIgnoreCase)
            || (this == Item && VariableName.Of(variable).Equals("PSItem", StringComparison.OrdinalIgnoreCase));

        static bool IsOfType(ParameterAst syntax, params string[] names) =>
            syntax.Attributes.OfType<TypeConstraintAst>().Any(type =>
                names.Contains(type.TypeName.FullName, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>All of them, in their order; $_ where a block without parameters reads that.</summary>
    internal IReadOnlyList<Parameter> All { get; }

    /// <summary>Those that a call must give.</summary>
    internal IEnumerable<Parameter> Required => All.Where(parameter => !parameter.IsOptional);

    /// <summary>True where a parameter has that name, or the block reads it of its first one.</summary>
    internal bool Declares(string name) => All.Any(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        || (All.Count > 0 && Is(NamesReadOf(All[0]), name));

    /// <summary>Where the block begins.</summary>
    internal string Position { get; }

    /// <summary>The names that are read of a parameter, in the order of the alphabet.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="given">Names that are known to be variables: Length and its kin count as names where they are among
    /// them.</param>
    internal IReadOnlyList<string> NamesReadOf(Parameter parameter, IReadOnlyCollection<string>? given = null)
    {
        var uses = UsesOf(parameter).ToList();
        if (uses.Exists(IsTarget)) return []; // it holds something else later on
        var read = uses.Select(NameReadBy).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var names = read.Where(name => !Is(OfCollections, name)
            || given?.Contains(name, StringComparer.OrdinalIgnoreCase) == true).ToList();
        if (names.Count > 0 && Is(read, "Length") && !Is(names, "Length")) names.Add("Length"); // beside other names it is one, too
        return [.. names.Order(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>True where a parameter goes somewhere as a whole, where its names may be read.</summary>
    internal bool IsHandedOn(Parameter parameter) => UsesOf(parameter).Any(use => use.Parent switch
    {
        MemberExpressionAst member and not InvokeMemberExpressionAst => member.Expression != use || IsDynamic(member.Member)
            || Is(["Keys", "Values"], NameOf(member.Member)),
        IndexExpressionAst index => index.Target != use || index.Index is not ConstantExpressionAst,
        BinaryExpressionAst or UnaryExpressionAst => false,
        CommandExpressionAst { Parent: PipelineAst { PipelineElements.Count: 1 } pipeline } =>
            // the output is numbers and no object
            pipeline.Parent is not (ForEachStatementAst or StatementBlockAst or NamedBlockAst or ReturnStatementAst),
        _ => true,
    });

    IEnumerable<VariableExpressionAst> UsesOf(Parameter parameter) => VariableName.All<VariableExpressionAst>(script).Where(variable =>
        variable.Parent is not ParameterAst && parameter.IsNameOf(variable) && !IsOfAnother(variable, parameter));

    /// <summary>
    /// True inside of a function or block that has a parameter of that name itself; each block, switch and catch has a $_ of its own.
    /// </summary>
    bool IsOfAnother(VariableExpressionAst variable, Parameter parameter)
    {
        Ast part = variable;
        for (var outer = variable.Parent; outer is not null && outer != script; (part, outer) = (outer, outer.Parent))
        {
            if (parameter == Parameter.Item && (outer is ScriptBlockExpressionAst or CatchClauseAst or TrapStatementAst
                || outer is SwitchStatementAst choice && part != choice.Condition)) return true;
            var inner = outer switch
            {
                FunctionDefinitionAst function => function.Parameters,
                ScriptBlockAst { Parent: not FunctionDefinitionAst } block when block != script => block.ParamBlock?.Parameters,
                ScriptBlockAst block when block.Parent != script => block.ParamBlock?.Parameters,
                _ => null,
            };
            if (inner?.Any(each => VariableName.Of(each.Name)
                .Equals(VariableName.Of(variable), StringComparison.OrdinalIgnoreCase)) == true) return true;
        }

        return false;
    }

    static string? NameReadBy(VariableExpressionAst use) => use.Parent switch
    {
        InvokeMemberExpressionAst => null,
        MemberExpressionAst { Static: false } member when member.Expression == use => NameOf(member.Member),
        IndexExpressionAst { Index: StringConstantExpressionAst name } index when index.Target == use => name.Value,
        _ => null,
    };

    /// <summary>$p = ... gives the variable another value.</summary>
    static bool IsTarget(VariableExpressionAst use)
    {
        Ast part = use;
        while (part.Parent is AttributedExpressionAst or ArrayLiteralAst) part = part.Parent;
        return part.Parent is AssignmentStatementAst assignment && assignment.Left == part;
    }

    static bool IsDynamic(Ast member) => member is not StringConstantExpressionAst;

    static string? NameOf(Ast member) => (member as StringConstantExpressionAst)?.Value;

    static bool Is(IReadOnlyCollection<string> names, string? name) => name is not null
        && names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
