// Runs the official Go SDK and speaks JSON lines: one line in is one request, one line out its answer.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"time"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldlog"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	ld "github.com/launchdarkly/go-server-sdk/v7"
	"github.com/launchdarkly/go-server-sdk/v7/interfaces"
	"github.com/launchdarkly/go-server-sdk/v7/ldcomponents"
)

type request struct {
	Ask  string `json:"ask"`
	Flag string `json:"flag"`
	Name string `json:"name"`
	Key  string `json:"key"`
}

func configure(url, how string) ld.Config {
	config := ld.Config{
		ServiceEndpoints: interfaces.ServiceEndpoints{Streaming: url, Polling: url, Events: url},
		Logging:          ldcomponents.Logging().MinLevel(ldlog.None),
	}
	switch how {
	case "stream":
		config.DataSource = ldcomponents.StreamingDataSource().InitialReconnectDelay(50 * time.Millisecond)
	case "poll":
		config.DataSource = ldcomponents.PollingDataSource()
	case "transfers":
		config.DataSystem = ldcomponents.DataSystem().WithRelayProxyEndpoints(url).Default()
	}
	return config
}

func answer(client *ld.LDClient, asked request) any {
	context := ldcontext.New(asked.Key)
	switch asked.Ask {
	case "ready":
		return client.Initialized()
	case "evaluate":
		value, detail, _ := client.JSONVariationDetail(asked.Flag, context, ldvalue.Null())
		return map[string]any{"value": value, "variation": detail.VariationIndex, "reason": detail.Reason}
	case "track":
		_ = client.TrackEvent(asked.Name, context)
		return client.FlushAndWait(5 * time.Second)
	case "close":
		_ = client.Close()
		return true
	}
	return nil
}

func main() {
	client, _ := ld.MakeCustomClient(os.Args[2], configure(os.Args[1], os.Args[3]), 10*time.Second)
	lines, answers := bufio.NewScanner(os.Stdin), json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		if err := answers.Encode(answer(client, asked)); err != nil {
			panic(err)
		}
		if asked.Ask == "close" {
			return
		}
	}
}
