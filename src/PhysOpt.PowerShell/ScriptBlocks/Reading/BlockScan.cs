using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>
/// Looks a script through for what a record of it would silently get wrong: what changes from call to call, what lives on after the
/// call, and where PowerShell would take a traced number for something else.
/// </summary>
internal sealed class BlockScan(BlockSource source, TraceFlow flow)
{
    static readonly TokenKind[] OnText =
    [
        TokenKind.Format, TokenKind.Join, TokenKind.Isplit, TokenKind.Csplit, TokenKind.Imatch, TokenKind.Cmatch, TokenKind.Inotmatch,
            TokenKind.Cnotmatch,
        TokenKind.Ilike, TokenKind.Clike, TokenKind.Inotlike, TokenKind.Cnotlike, TokenKind.Ireplace, TokenKind.Creplace,
    ];

    static readonly string[] Refused = ["ExecutionContext", "PSCmdlet", "MyInvocation", "Error", "?", "^", "$", "LASTEXITCODE",
        "StackTrace"];
    static readonly string[] Comparing = ["Equals", "CompareTo", "Contains", "ContainsValue", "IndexOf", "LastIndexOf", "Remove"];
    static readonly string[] ForwardingParameters = ["ErrorAction", "ea", "OutVariable", "ov", "PipelineVariable", "pv", "ErrorVariable",
        "ev"];
    static readonly string[] ReadingMethods =
    [
        "GetLength", "GetLongLength", "GetUpperBound", "GetLowerBound", "GetValue", "Contains", "ContainsKey", "IndexOf", "ToArray",
            "Clone", "Item", "get_Item",
        "GetEnumerator", "Where", "ForEach",
    ];

    /// <summary>Goes through the scripts.</summary>
    /// <exception cref="TraceRefusedException">They hold something that cannot be traced.</exception>
    internal void Check()
    {
        foreach (var script in source.Scripts)
        {
            foreach (var ast in script.FindAll(_ => true, searchNestedScriptBlocks: true))
            {
                if (Obstacle(ast) is { } reason) throw new TraceRefusedException(reason, ast.Extent);
            }
        }
    }

    string? Obstacle(Ast ast) => ast switch
    {
        CommandAst command => Command(command),
        AssignmentStatementAst assignment => Assignment(assignment.Left),
        UnaryExpressionAst
        {
            TokenKind: TokenKind.PlusPlus or TokenKind.MinusMinus or TokenKind.PostfixPlusPlus
            or TokenKind.PostfixMinusMinus
        } step => Assignment(step.Child),
        InvokeMemberExpressionAst call => Call(call),
        MemberExpressionAst { Static: true } member => Static(member),
        VariableExpressionAst variable => Variable(variable),
        AttributeAst { PositionalArguments: [ScriptBlockExpressionAst valid] } => Truth(valid.ScriptBlock),
        PipelineAst pipeline when IsInBackground(pipeline) => "It runs in the background",
        SwitchStatementAst choice when choice.Clauses.Select(clause => clause.Item1).OfType<ScriptBlockExpressionAst>()
            .Select(clause => Truth(clause.ScriptBlock)).FirstOrDefault(each => each is not null) is { } reason => reason,
        TrapStatementAst => "It catches errors, and so would take a failing trace for its own error",
        TryStatementAst when flow.MayBeTraced(ast) => "It catches errors, and so would take a failing trace for its own error",
        SwitchStatementAst choice when (flow.MayBeTraced(choice.Condition)
            || choice.Clauses.Any(clause => clause.Item1 is not ScriptBlockExpressionAst && flow.MayBeTraced(clause.Item1)))
            && (choice.Flags & ~SwitchFlags.CaseSensitive) != 0 =>
            "A switch on a traced number cannot match text, files or patterns",
        ExpandableStringExpressionAst text when flow.MayBeTraced(text) && !IsSaid(text) => "It makes text of a traced number",
        BinaryExpressionAst binary when OnText.Contains(binary.Operator) && flow.MayBeTraced(binary) && !IsSaid(binary) =>
            "It makes text of a traced number",
        BinaryExpressionAst { Operator: TokenKind.Multiply } product when IsNothing(product.Left) || IsNothing(product.Right) =>
            "A factor is $null: of a traced number that makes nothing, where of a plain one it makes 0",
        ConvertExpressionAst cast when TypeRules.IsType(cast.Type.TypeName, "string", "System.String") && flow.MayBeTraced(cast.Child)
            && !IsSaid(cast) =>
            "It makes text of a traced number",
        ConvertExpressionAst cast when TypeRules.IsUsers(cast.Type.TypeName) =>
            $"It uses the class {cast.Type.TypeName.Name}, which cannot be looked into",
        ConvertExpressionAst cast when flow.MayBeBlock(cast.Child) && !TypeRules.IsType(cast.Type.TypeName, "scriptblock") =>
            "It hands a script block to .NET, where it cannot be followed",
        ConvertExpressionAst cast when TypeRules.IsType(cast.Type.TypeName, "ref") => "It passes a reference to a variable",
        FileRedirectionAst redirection when redirection.Location is not VariableExpressionAst { VariablePath.UserPath: "null" } =>
            "It writes to a file",
        UsingExpressionAst => "It uses a variable of another session ($using:)",
        _ => null,
    };

    string? Command(CommandAst command)
    {
        var forwarding = command.CommandElements.OfType<CommandParameterAst>()
            .FirstOrDefault(parameter =>
                ForwardingParameters.Any(known => parameter.ParameterName.Length > 1
                && known.StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase)));
        if (forwarding is not null && IsCmdletParameter(command, forwarding))
            return $"It uses -{forwarding.ParameterName}, whose effect a record cannot hold";
        if (command.GetCommandName() is not { } name) return Invoked(command);
        if (CommandRules.IsFickle(name)) return $"It calls {name}, which gives something else every time";
        if (CommandRules.IsTransparent(name)) return Filter(command, name);
        if (CommandRules.IsTalking(name) || source.Functions.ContainsKey(name) || IsDefinedInside(name)) return null;
        if (name.Equals("New-Object", StringComparison.OrdinalIgnoreCase) && NewObject(command) is { } unknown) return unknown;
        if (CommandRules.IsPlain(name))
            return flow.MayBeTraced(command) || flow.MayBeTraced(command.Parent) ? $"{name} cannot work on traced numbers" : null;
        return source.Resolve(name) switch
        {
            FunctionInfo function =>
                $"It calls {name}, a function of {(function.Module is null ? "another scope" : $"the module {function.ModuleName}")}, " +
                $"which cannot be looked into",
            null => $"It calls {name}, which is not found",
            _ => $"It calls {name}, whose result may be another the next time",
        };
    }

    /// <summary>A parameter that all commands have, and not one of the function's own that begins alike.</summary>
    bool IsCmdletParameter(CommandAst command, CommandParameterAst parameter) =>
        command.GetCommandName() is not { } name || !source.Functions.TryGetValue(name, out var function)
        || !TraceFlow.All<ParameterAst>(function.Ast)
            .Any(each => TraceFlow.NameOf(each.Name).StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase));

    /// <summary>New-Object makes what its type's name says, and that must be known.</summary>
    static string? NewObject(CommandAst command)
    {
        var name = command.CommandElements.Skip(1).OfType<StringConstantExpressionAst>().FirstOrDefault()?.Value;
        if (name is null || !Parser.ParseInput($"[{name}]::new()", out _, out var errors).FindAll(ast => ast is TypeExpressionAst, true)
            .OfType<TypeExpressionAst>().Any() || errors.Length > 0)
            return "It makes an object of a type that is not known";
        var type = Parser.ParseInput($"[{name}]::new()", out _, out _).FindAll(ast => ast is TypeExpressionAst, true)
            .OfType<TypeExpressionAst>().First().TypeName;
        return TypeRules.Obstacle(type, "new", command.CommandElements.Count > 2 ? 1 : 0);
    }

    /// <summary>Where-Object by property and operator compares without being rewritten.</summary>
    string? Filter(CommandAst command, string name) =>
        CommandRules.IsFilter(name)
            ? command.CommandElements.Skip(1).OfType<ScriptBlockExpressionAst>().FirstOrDefault() is { } filter ? Truth(filter.ScriptBlock)
                : "Where-Object without a block cannot compare traced numbers"
            : command.CommandElements.OfType<CommandParameterAst>().Any(parameter =>
                parameter.ParameterName.StartsWith("Par", StringComparison.OrdinalIgnoreCase))
                ? "It runs in parallel"
                : null;

    /// <summary>&amp; with a block of its own is looked through with the rest; with anything else it is not.</summary>
    string? Invoked(CommandAst command) => command.CommandElements[0] switch
    {
        ScriptBlockExpressionAst => null,
        VariableExpressionAst variable when !flow.IsCaptured(variable) => null,
        var other => $"It calls {other.Extent.Text}, which cannot be looked into",
    };

    string? Assignment(ExpressionAst left)
    {
        if (left is ArrayLiteralAst list) return list.Elements.Select(Assignment).FirstOrDefault(reason => reason is not null);
        if (TraceFlow.Root(left) is not { } root) return "It changes something that is not a variable of its own";
        if (TraceFlow.NameOf(root).Equals("ErrorActionPreference", StringComparison.OrdinalIgnoreCase))
            return "It passes over errors, and so would over those of a trace";
        if (!TraceFlow.IsLocal(root)) return $"It changes ${root.VariablePath.UserPath}, which lives on after the call";
        var isWhole = left is VariableExpressionAst or AttributedExpressionAst;
        if (!isWhole && flow.IsCaptured(root))
            return $"It changes something in ${root.VariablePath.UserPath}, which lives on after the call";
        return !isWhole && flow.IsParameter(root) ? $"It writes into ${root.VariablePath.UserPath}, which it is given" : null;
    }

    string? Call(InvokeMemberExpressionAst call)
    {
        var name = (call.Member as StringConstantExpressionAst)?.Value ?? "";
        if (call.Static) return Static(call);
        if (name.Equals("GetType", StringComparison.OrdinalIgnoreCase) && flow.MayBeTraced(call.Expression))
            return "It asks for the type of what it is given";
        if (name.Equals("ToString", StringComparison.OrdinalIgnoreCase) && flow.MayBeTraced(call.Expression) && !IsSaid(call))
            return "It makes text of a traced number";
        var isWhere = name.Equals("Where", StringComparison.OrdinalIgnoreCase);
        if (isWhere || name.Equals("ForEach", StringComparison.OrdinalIgnoreCase))
        {
            if (isWhere && call.Arguments is [var filter, ..]
                && (filter is ScriptBlockExpressionAst block ? Truth(block.ScriptBlock)
                : "The condition of Where must be a block of its own") is { } reason) return reason;
        }
        else if (call.Arguments?.Any(flow.MayBeBlock) == true)
        {
            return "It hands a script block to .NET, where it cannot be followed";
        }

        if (Comparing.Contains(name, StringComparer.OrdinalIgnoreCase)
            && (flow.MayBeTraced(call.Expression) || call.Arguments?.Any(flow.MayBeTraced) == true))
            return $"The method {name} compares in its own way; use -eq, -contains or another operator";
        return TraceFlow.Root(call.Expression) is { } root && flow.IsCaptured(root) && !IsHarmless(root, name)
            ? $"It calls {name} of ${root.VariablePath.UserPath}, which may change what lives on after the call"
            : null;
    }

    static string? Static(MemberExpressionAst member) => member.Expression is TypeExpressionAst { TypeName: var name }
        ? TypeRules.Obstacle(name, (member.Member as StringConstantExpressionAst)?.Value ?? "",
            (member as InvokeMemberExpressionAst)?.Arguments?.Count)
        : null;

    static string? Variable(VariableExpressionAst variable)
    {
        var name = variable.VariablePath.UserPath;
        if (variable.VariablePath.IsDriveQualified) return $"It reads ${name}, which may change unnoticed";
        return Refused.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? $"It reads ${name}, which belongs to the call and not to the function" : null;
    }

    /// <summary>The mark came after the language that the module is compiled against.</summary>
    static bool IsInBackground(PipelineAst pipeline) => pipeline.GetType().GetProperty("Background")?.GetValue(pipeline) is true;

    /// <summary>A block whose result is taken for true or false must end with it.</summary>
    string? Truth(ScriptBlockAst block) =>
        flow.MayBeTraced(block) && (block.EndBlock?.Statements is not [.., PipelineAst] || TraceFlow.All<ReturnStatementAst>(block).Any())
            ? "A condition of its own block must be its last statement, without return"
            : null;

    /// <summary>True for methods that only read, and for all methods of values that cannot change.</summary>
    bool IsHarmless(VariableExpressionAst variable, string method)
    {
        if (ReadingMethods.Contains(method, StringComparer.OrdinalIgnoreCase)) return true;
        var value = Numbers.Unwrap(source.Session.PSVariable.GetValue(variable.VariablePath.UserPath));
        return value is null or ValueType or string or Vector or Matrix or Field;
    }

    /// <summary>$null, or a variable of the surroundings that has no value.</summary>
    bool IsNothing(ExpressionAst factor) =>
        factor is VariableExpressionAst variable
        && (variable.VariablePath.UserPath.Equals("null", StringComparison.OrdinalIgnoreCase)
            || (flow.IsCaptured(variable) && source.Session.PSVariable.GetValue(variable.VariablePath.UserPath) is null));

    bool IsDefinedInside(string name) => source.Scripts.Any(
        script => TraceFlow.All<FunctionDefinitionAst>(script).Any(function =>
            function.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>True inside of Write-Verbose and its kin: what is said to people does not come back.</summary>
    static bool IsSaid(Ast ast)
    {
        for (var outer = ast.Parent; outer is not null and not ScriptBlockAst; outer = outer.Parent)
        {
            if (outer is CommandAst command && command.GetCommandName() is { } name && CommandRules.IsTalking(name)) return true;
        }

        return false;
    }
}
