import type { JsonObject } from './json.ts';

const help = 'https://help.figma.com/hc/en-us/articles/360048514653-Set-up-automatic-provisioning-via-SCIM';

/** The ServiceProviderConfig as Figma documents it, its odd location and its maxResults of 200 (lists are documented up to 3000) included. */
export const serviceProviderConfig: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  documentationUri: help,
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 200 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      name: 'OAuth Bearer Token',
      description: 'Authentication scheme using the OAuth Bearer Token Standard',
      specUri: 'http://www.rfc-editor.org/info/rfc6750',
      documentationUri: help,
      type: 'oauthbearertoken',
      primary: true,
    },
  ],
  meta: {
    location: 'https://www.figma.com/v2/ServiceProviderConfig',
    resourceType: 'ServiceProviderConfig',
    created: '2020-09-01T04:56:22Z',
    lastModified: '2020-09-01T04:56:22Z',
    version: '1',
  },
};
